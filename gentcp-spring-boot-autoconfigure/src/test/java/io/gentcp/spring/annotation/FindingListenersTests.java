package io.gentcp.spring.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gentcp.GenTcp;
import io.gentcp.SocketOptions;
import io.gentcp.packet.PacketType;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.spring.listener.GenTcpServerSettings;
import io.gentcp.spring.listener.GenTcpServers;
import io.gentcp.test.PeerConnection;
import io.gentcp.test.ScriptedPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class FindingListenersTests {

	@Test
	void aMethodListensToTheServerItNames() {
		try (AnnotationConfigApplicationContext context = context(EdgeAndAdmin.class, EdgeListener.class,
				AdminListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("edge x");
			assertThat(ask(context, "admin", "x")).isEqualTo("admin x");
		}
	}

	@Test
	void withOneServerTheNameMayBeLeftOut() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, UnnamedListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("unnamed x");
		}
	}

	@Test
	void aMethodMayBeCalledWhereThePacketIsFound() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, InlineListener.class)) {
			// A packet that is there before anybody asks the poller is handled at once.
			await().untilAsserted(() -> assertThat(ask(context, "edge", "x")).isEqualTo("may wait: false"));
		}
	}

	@Test
	void otherwiseItMayWait() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, WaitingListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("may wait: true");
		}
	}

	@Test
	void placeholdersInTheNameAreResolved() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, PlaceholderListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("placeholder x");
		}
	}

	@Test
	void theAnnotationMayBeComposed() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, ComposedListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("composed x");
		}
	}

	@Test
	void aProxiedBeanIsCalledThroughItsProxy() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, Proxying.class, EdgeListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("edge x");
			assertThat(context.getBean("edgeListener").getClass()).isNotEqualTo(EdgeListener.class);
		}
	}

	@Test
	void aFinalMethodOfAProxiedBeanStopsTheStart() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(Edge.class, Proxying.class, FinalListener.class))
			.withMessageContaining("FinalListener.onPacket(String) is final")
			.withMessageContaining("Let it not be final");
	}

	@Test
	void withoutAProxyAMethodMayBeFinal() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, FinalListener.class)) {
			assertThat(ask(context, "edge", "x")).isEqualTo("final x");
		}
	}

	@Test
	void aScopedBeanIsCalledThroughItsProxy() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, ScopedListener.class)) {
			assertThat(context.getBean(ScopedListener.class)).isNotNull();
			String first = ask(context, "edge", "x");
			assertThat(first).startsWith("scoped ");
			assertThat(ask(context, "edge", "x")).startsWith("scoped ").isNotEqualTo(first);
		}
	}

	@Test
	void aBeanThatIsMadeLaterStartsItsServer(CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = context(Edge.class, LazyListener.class)) {
			GenTcpListenerContainer container = context.getBean(GenTcpListenerContainer.class);
			assertThat(container.isRunning()).isFalse();
			assertThat(output).contains("server edge").contains("@GenTcpListener(\"edge\")");
			assertThat(context.getBean(LazyListener.class)).isNotNull();
			assertThat(container.isRunning()).isTrue();
			assertThat(ask(context, "edge", "x")).isEqualTo("lazy x");
		}
	}

	@Test
	void aServerWithoutListenerIsNotStartedAndThatIsSaid(CapturedOutput output) {
		try (AnnotationConfigApplicationContext context = context(EdgeAndAdmin.class, EdgeListener.class)) {
			assertThat(context.getBean(GenTcpServers.class).container("admin").isRunning()).isFalse();
			assertThat(context.getBean(GenTcpServers.class).container("edge").isRunning()).isTrue();
			assertThat(output).contains("GenTCP server admin (127.0.0.1:0) is not started")
				.doesNotContain("@GenTcpListener(\"edge\")");
		}
	}

	@Test
	void anUnknownServerStopsTheStartAndTheConfiguredOnesAreNamed() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(EdgeAndAdmin.class, UnknownListener.class))
			.withMessageContaining("UnknownListener.onPacket(String)")
			.withMessageContaining("'egde'")
			.withMessageContaining("Configured: edge, admin.");
	}

	@Test
	void withTwoServersTheNameMustNotBeLeftOut() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(EdgeAndAdmin.class, UnnamedListener.class))
			.withMessageContaining("UnnamedListener.onPacket(String)")
			.withMessageContaining("Configured: edge, admin.");
	}

	@Test
	void aListenerWithoutAnyServerStopsTheStart() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class).isThrownBy(() -> context(UnnamedListener.class))
			.withMessageContaining("gentcp.server.<name>.port");
	}

	@Test
	void twoListenersOfAServerStopTheStart() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(Edge.class, EdgeListener.class, UnnamedListener.class))
			.withMessageContaining("EdgeListener.onPacket(String)")
			.withMessageContaining("UnnamedListener.onPacket(String)");
	}

	@Test
	void aListenerOfAServerThatHasAHandlerStopsTheStart() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(Edge.class, Handler.class, EdgeListener.class))
			.withMessageContaining("Server 'edge' has somebody for its packets")
			.withMessageContaining("EdgeListener.onPacket(String)");
	}

	@Test
	void anUnsupportedMethodStopsTheStart() {
		assertThatExceptionOfType(InvalidGenTcpListenerException.class)
			.isThrownBy(() -> context(Edge.class, NumberListener.class))
			.withMessageContaining("NumberListener.onPacket(int)");
	}

	@Test
	void aSecondListenerIsRefusedWhenItComesLaterToo() {
		try (AnnotationConfigApplicationContext context = context(Edge.class, EdgeListener.class, LazyListener.class)) {
			assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> context.getBean(LazyListener.class))
				.withRootCauseInstanceOf(InvalidGenTcpListenerException.class);
		}
	}

	private static AnnotationConfigApplicationContext context(Class<?>... classes) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("the.server", "edge")));
		context.getBeanFactory().registerScope("thread", new SimpleThreadScope());
		context.register(Infrastructure.class);
		context.register(classes);
		context.refresh();
		return context;
	}

	private static String ask(AnnotationConfigApplicationContext context, String server, String packet) {
		int port = context.getBean(GenTcpServers.class).container(server).port();
		try (PeerConnection peer = ScriptedPeer.connecting("127.0.0.1", port)) {
			peer.send((packet + "\n").getBytes(StandardCharsets.UTF_8));
			peer.halfClose();
			peer.awaitEndOfStream(Duration.ofSeconds(10));
			return new String(peer.received(), StandardCharsets.UTF_8).strip();
		}
	}

	private static GenTcpServerSettings settings(String name) {
		return GenTcpServerSettings.of(name, 0)
			.address(InetAddress.getLoopbackAddress())
			.options(SocketOptions.defaults().packet(PacketType.LINE));
	}

	@Configuration(proxyBeanMethods = false)
	static class Infrastructure {

		@Bean
		GenTcp genTcp() {
			return GenTcp.open();
		}

		@Bean
		static GenTcpListenerAnnotationBeanPostProcessor listeners() {
			return new GenTcpListenerAnnotationBeanPostProcessor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Edge {

		@Bean
		GenTcpServers servers(GenTcp genTcp) {
			return new GenTcpServers(genTcp, Thread::startVirtualThread, List.of(settings("edge")));
		}

		@Bean
		GenTcpListenerContainer edge(GenTcpServers servers) {
			return servers.container("edge");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EdgeAndAdmin {

		@Bean
		GenTcpServers servers(GenTcp genTcp) {
			return new GenTcpServers(genTcp, Thread::startVirtualThread, List.of(settings("edge"), settings("admin")));
		}

		@Bean
		GenTcpListenerContainer edge(GenTcpServers servers) {
			return servers.container("edge");
		}

		@Bean
		GenTcpListenerContainer admin(GenTcpServers servers) {
			return servers.container("admin");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxying {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("*Listener");
			creator.setProxyTargetClass(true);
			creator.setOrder(0);
			return creator;
		}

	}

	/** As an endpoint of Spring Integration does. */
	static class Handler {

		Handler(GenTcpListenerContainer edge) {
			edge.setPacketHandler((packet, connection) -> null);
		}

	}

	@Component("edgeListener")
	static class EdgeListener {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return "edge " + packet;
		}

	}

	@Component("finalListener")
	static class FinalListener {

		private final String greeting = "final ";

		@GenTcpListener("edge")
		final String onPacket(String packet) {
			return this.greeting + packet;
		}

	}

	static class AdminListener {

		@GenTcpListener(server = "admin")
		String onPacket(String packet) {
			return "admin " + packet;
		}

	}

	private static final class InlineListener {

		@GenTcpListener(inline = true)
		private String onPacket(String packet) {
			return "may wait: " + GenTcp.mayWait();
		}

	}

	private static final class WaitingListener {

		@GenTcpListener
		private String onPacket(String packet) {
			return "may wait: " + GenTcp.mayWait();
		}

	}

	private static final class UnnamedListener {

		@GenTcpListener
		private String onPacket(String packet) {
			return "unnamed " + packet;
		}

	}

	static class PlaceholderListener {

		@GenTcpListener("${the.server}")
		String onPacket(String packet) {
			return "placeholder " + packet;
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@GenTcpListener
	@interface ListensTo {

		@AliasFor(annotation = GenTcpListener.class)
		String server();

	}

	static class ComposedListener {

		@ListensTo(server = "edge")
		String onPacket(String packet) {
			return "composed " + packet;
		}

	}

	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedListener {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return "scoped " + System.identityHashCode(this);
		}

	}

	@Lazy
	static class LazyListener {

		@GenTcpListener("edge")
		String onPacket(String packet) {
			return "lazy " + packet;
		}

	}

	static class UnknownListener {

		@GenTcpListener("egde")
		String onPacket(String packet) {
			return packet;
		}

	}

	static class NumberListener {

		@GenTcpListener("edge")
		void onPacket(int packet) {
		}

	}

}
