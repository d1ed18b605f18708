package io.gentcp.spring.boot;

import java.beans.PropertyDescriptor;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * What the properties below {@code gentcp} may be, in words for whoever got one wrong.
 */
final class AllowedValues {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(GenTcpProperties.PREFIX);

	/** A timeout that is never infinite, nor longer than a moment. */
	private static final ConfigurationPropertyName SPIN = ConfigurationPropertyName.of(GenTcpEngineProperties.SPIN);

	private static final Map<Class<?>, String> BY_TYPE = Map.ofEntries(Map.entry(Timeout.class, Timeout.ALLOWED),
			Map.entry(PacketSetting.class, PacketSetting.ALLOWED),
			Map.entry(LineDelimiterSetting.class, LineDelimiterSetting.ALLOWED),
			Map.entry(BackendSetting.class, BackendSetting.ALLOWED),
			Map.entry(FamilySetting.class, FamilySetting.ALLOWED), Map.entry(LocalSetting.class, LocalSetting.ALLOWED),
			Map.entry(RecoverySetting.class, RecoverySetting.ALLOWED),
			Map.entry(Duration.class, "seconds such as 60, or a duration such as 60s or 2m"),
			Map.entry(ClientAuthSetting.class, ClientAuthSetting.ALLOWED),
			Map.entry(List.class, "names, with commas between them"),
			Map.entry(ActiveSetting.class, ActiveSetting.ALLOWED), Map.entry(Boolean.class, "true, false"),
			Map.entry(Integer.class, "a whole number"),
			Map.entry(DataSize.class, "bytes such as 65536, or a size such as 64KB or 1MB"),
			Map.entry(Charset.class, "the name of a charset such as UTF-8"),
			Map.entry(InetAddress.class, "an IP address or the name of this host"));

	private static final Map<String, Class<?>> ENTRIES = Map.of("client", GenTcpClientProperties.class, "server",
			GenTcpServerProperties.class);

	/** As in {@code gentcp.client.orders}. */
	private static final int ENTRY_ELEMENTS = 3;

	private AllowedValues() {
	}

	/** Whether it is one of ours. */
	static boolean covers(ConfigurationPropertyName name) {
		return ROOT.isAncestorOf(name);
	}

	/** What a property with this name, which is bound to this target, may be. */
	static String of(ConfigurationPropertyName name, Bindable<?> target) {
		if (name.equals(SPIN)) {
			return GenTcpEngineProperties.ALLOWED_SPIN;
		}
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target.getType().resolve(Object.class));
		String allowed = BY_TYPE.get(type);
		return (allowed != null) ? allowed : "only what is below it: " + list(type);
	}

	/** Says that a client or server needs a name, if this property is below none. */
	static Optional<String> missingName(ConfigurationPropertyName name) {
		String role = name.getElement(1, ConfigurationPropertyName.Form.UNIFORM);
		Class<?> entry = ENTRIES.get(role);
		if (entry == null || name.getNumberOfElements() > ENTRY_ELEMENTS) {
			return Optional.empty();
		}
		Optional<String> key = (name.getNumberOfElements() < ENTRY_ELEMENTS) ? Optional.of("port") : keys(entry).filter(
				(known) -> name.getLastElement(ConfigurationPropertyName.Form.UNIFORM).equals(known.replace("-", "")))
			.findFirst();
		return key.map((known) -> "A %1$s needs a name: %2$s.%1$s.<name>.%3$s.".formatted(role, ROOT, known));
	}

	/** What may be where this key, which is unknown, is. */
	static String beside(ConfigurationPropertyName unknown) {
		Class<?> entry = ENTRIES.get(unknown.getElement(1, ConfigurationPropertyName.Form.UNIFORM));
		return (entry != null && unknown.getNumberOfElements() > ENTRY_ELEMENTS) ? below(unknown, ENTRY_ELEMENTS, entry)
				: below(unknown, 1, GenTcpProperties.class);
	}

	/** What may be below so many elements of a name, or below the group after them. */
	private static String below(ConfigurationPropertyName unknown, int elements, Class<?> type) {
		PropertyDescriptor group = BeanUtils.getPropertyDescriptor(type,
				unknown.getElement(elements, ConfigurationPropertyName.Form.UNIFORM));
		if (group != null && group.getPropertyType() != Map.class && isGroup(group)) {
			return "below '%s': %s".formatted(unknown.chop(elements + 1), list(group.getPropertyType()));
		}
		return "below '%s': %s".formatted(unknown.chop(elements), list(type));
	}

	/** Whether there are keys below it, as there are below {@code ssl}. */
	private static boolean isGroup(PropertyDescriptor property) {
		Class<?> type = property.getPropertyType();
		boolean isOurs = type.getPackageName().equals(AllowedValues.class.getPackageName());
		return type == Map.class || (isOurs && property.getWriteMethod() == null);
	}

	private static String list(Class<?> type) {
		return keys(type).collect(Collectors.joining(", "));
	}

	private static Stream<String> keys(Class<?> type) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> property.getWriteMethod() != null || isGroup(property))
			.map((property) -> DataObjectPropertyName.toDashedForm(property.getName()))
			.sorted();
	}

}
