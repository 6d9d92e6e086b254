package dev.hitless;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The directions between the packages of core, as their package-info files state them. */
class ArchitectureTest {
  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hitless");

  @Test
  void packagesDependOnEachOtherInOneDirectionOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.hitless..")
        .layer("wiring")
        .definedBy("dev.hitless")
        .layer("follow")
        .definedBy("dev.hitless.follow..")
        .layer("serve")
        .definedBy("dev.hitless.serve..")
        .layer("session")
        .definedBy("dev.hitless.session..")
        .layer("policy")
        .definedBy("dev.hitless.policy..")
        .layer("renew")
        .definedBy("dev.hitless.renew..")
        .layer("inspect")
        .definedBy("dev.hitless.inspect..")
        .layer("material")
        .definedBy("dev.hitless.material..")
        .layer("config")
        .definedBy("dev.hitless.config..")
        .layer("report")
        .definedBy("dev.hitless.report..")
        .whereLayer("wiring")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("follow")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("serve")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("renew")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("inspect")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("wiring")
        .whereLayer("material")
        .mayOnlyBeAccessedByLayers("wiring", "follow", "serve", "policy", "renew", "inspect")
        .check(core);
  }

  @Test
  void noPackageIsPartOfACycle() {
    slices().matching("dev.hitless.(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void coreKnowsNothingOfInstrumentation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.instrument..", "net.bytebuddy..", "dev.hitless.agent..")
        .check(core);
  }

  @Test
  void onlyReportWritesLogLines() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hitless.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tinylog..", "java.util.logging..")
        .check(core);
  }

  @Test
  void theHandshakePathUsesTheJdkAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.hitless.serve..", "dev.hitless.session..", "dev.hitless.policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..", "java.io.File..", "java.nio.file..")
        .check(core);
  }
}
