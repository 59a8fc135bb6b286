package org.runwright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms of docs/architecture.md and the rules between them. */
class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.runwright");

  @Test
  void rooms_import_only_what_they_declare() {
    ApplicationModules.of(Runwright.class, new ImportOption.DoNotIncludeTests()).verify();
  }

  @Test
  void each_technology_stays_in_its_room() {
    onlyIn("net.schmizz..", "org.runwright.ssh..");
    onlyIn("com.hierynomus..", "org.runwright.ssh..");
    onlyIn("org.quartz..", "org.runwright.schedule..", "org.runwright.monitor..");
    onlyIn("org.camunda..", "org.runwright.engine..", "org.runwright");
    onlyIn("org.yaml..", "org.runwright.platform..");
  }

  @Test
  void time_is_injected_and_nothing_sleeps() {
    noClasses().should().callMethod(Instant.class, "now").check(PRODUCT);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(PRODUCT);
  }

  @Test
  void fields_are_never_injected() {
    noFields().should().beAnnotatedWith(Autowired.class).check(PRODUCT);
    noMethods().should().beAnnotatedWith(Autowired.class).check(PRODUCT);
  }

  @Test
  void no_grab_bags() {
    // What users call a service's manager (services.yml) is called so here too.
    noClasses()
        .that()
        .doNotHaveSimpleName("ServiceManager")
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .check(PRODUCT);
    noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..").check(PRODUCT);
  }

  private static void onlyIn(String technology, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .allowEmptyShould(true)
        .check(PRODUCT);
  }
}
