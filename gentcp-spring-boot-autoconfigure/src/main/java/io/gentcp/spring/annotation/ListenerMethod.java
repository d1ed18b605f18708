package io.gentcp.spring.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;

import io.gentcp.packet.Packet;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.spring.core.GenTcpConnection;
import io.gentcp.spring.core.PacketHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean that handles packets. What each parameter takes and how the reply is
 * made is decided once; a packet costs one array of arguments and the call. Immutable.
 */
final class ListenerMethod implements PacketHandler {

	private final Object bean;

	private final Method declared;

	private final Method invocable;

	private final PacketParameter parameter;

	private final Argument[] arguments;

	private final Reply reply;

	/**
	 * Makes the handler.
	 * @param bean the bean, or the proxy around it
	 * @param method the method of the bean's class; a proxy is called by its own
	 * @param server whose packets it handles
	 * @throws InvalidGenTcpListenerException if the method has other parameters or
	 * another return type than a listener may have, or its proxy does not have it
	 */
	ListenerMethod(Object bean, Method method, GenTcpServerSettings server) {
		this.bean = bean;
		this.declared = method;
		this.parameter = PacketParameter.of(method, server);
		this.arguments = Arrays.stream(method.getParameterTypes())
			.map((type) -> Argument.of(type, server.charset()))
			.toArray(Argument[]::new);
		this.reply = Reply.of(method, server.charset());
		this.invocable = invocable(bean, method);
		ReflectionUtils.makeAccessible(this.invocable);
	}

	private static Method invocable(Object bean, Method method) {
		// A proxy that is a subclass would run it on itself, whose fields are null.
		if (AopUtils.isCglibProxy(bean) && isFinalOfTheBean(method)) {
			throw new InvalidGenTcpListenerException(
					"@GenTcpListener method %s is final, so it cannot be called through the proxy of its bean"
						.formatted(describe(method)),
					"Let it not be final, or put it into a bean without a proxy.");
		}
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new InvalidGenTcpListenerException(
					"@GenTcpListener method %s cannot be called through the proxy of its bean"
						.formatted(describe(method)),
					String.valueOf(ex.getMessage()));
		}
	}

	private static boolean isFinalOfTheBean(Method method) {
		return Modifier.isFinal(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

	@Override
	public @Nullable ByteBuffer onPacket(Packet packet, GenTcpConnection connection) throws Exception {
		if (!this.parameter.takes(packet)) {
			throw new IllegalStateException(
					"%s cannot take %s: packet is %s on this connection by now; a parameter of type Packet takes any"
						.formatted(this, packet, connection.socket().options().packet().name()));
		}
		Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].value(packet, connection);
		}
		try {
			Object returned = this.invocable.invoke(this.bean, values);
			return (returned != null) ? this.reply.packet(returned) : null;
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	/** Shows class, method and parameter types. */
	@Override
	public String toString() {
		return describe(this.declared);
	}

	static String describe(Method method) {
		return "%s.%s(%s)".formatted(method.getDeclaringClass().getName(), method.getName(),
				String.join(", ", Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList()));
	}

}
