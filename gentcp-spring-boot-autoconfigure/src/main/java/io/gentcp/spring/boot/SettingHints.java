package io.gentcp.spring.boot;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets a native image make property values of text: the binder finds their {@code of} by
 * reflection.
 */
class SettingHints implements RuntimeHintsRegistrar {

	static final List<Class<?>> SETTINGS = List.of(ActiveSetting.class, BackendSetting.class, ClientAuthSetting.class,
			FamilySetting.class, LineDelimiterSetting.class, LocalSetting.class, PacketSetting.class,
			RecoverySetting.class, Timeout.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		SETTINGS.forEach((setting) -> hints.reflection().registerType(setting, MemberCategory.INVOKE_PUBLIC_METHODS));
	}

}
