package io.gentcp;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Who may know whom in core. */
@AnalyzeClasses(packages = "io.gentcp", importOptions = ArchitectureTests.CoreItself.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packetKnowsNeitherTransportNorTheSocket = noClasses().that()
		.resideInAPackage("io.gentcp.packet..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.gentcp", "io.gentcp.transport..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule transportKnowsNeitherPacketsNorTheSocket = noClasses().that()
		.resideInAPackage("io.gentcp.transport..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.gentcp", "io.gentcp.packet..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packetHasNoSocketClockOrLock = noClasses().that()
		.resideInAPackage("io.gentcp.packet..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.net..", "java.nio.channels..", "java.time..", "java.util.concurrent.locks..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule coreKnowsTheJdkAndAnnotationsOnly = classes().should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("io.gentcp..", "java..", "javax.net.ssl", "jdk.net", "org.jspecify.annotations",
				"com.google.errorprone.annotations")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packagesAreNamedAfterWhatTheyAre = noClasses().should()
		.resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..support..", "..internal..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule classesAreNamedAfterWhatTheyAre = noClasses().should()
		.haveNameMatching(".*[.$]((Abstract|Base)[A-Z]\\w*|\\w*(Impl|Manager|Helper|Utils?))")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nothingOfOursExtendsAnythingOfOurs = noClasses().should(be(extendingOurs()))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule classesAreFinal = noClasses().should(be(openToExtension())).allowEmptyShould(true);

	/** Exceptions and the constants of an enum may. */
	private static DescribedPredicate<JavaClass> extendingOurs() {
		return describe("a subclass of a class of ours",
				(type) -> type.getRawSuperclass()
					.filter((parent) -> parent.getPackageName().startsWith("io.gentcp"))
					.filter((parent) -> !parent.isEnum() && !parent.isAssignableTo(Throwable.class))
					.isPresent());
	}

	private static DescribedPredicate<JavaClass> openToExtension() {
		return describe("open to extension", (type) -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass()
				&& !type.isAssignableTo(Throwable.class) && !type.getModifiers().contains(JavaModifier.FINAL));
	}

	/** Neither its tests nor the peer that they talk to. */
	static final class CoreItself implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return location.contains("/gentcp-core/") && !location.contains("/test-classes/");
		}

	}

}
