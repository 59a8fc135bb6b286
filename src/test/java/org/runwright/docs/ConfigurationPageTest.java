package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.runwright.Runwright;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** docs/configuration.md has every setting, each with the default that is in the code. */
class ConfigurationPageTest {

  private static final Page PAGE = Page.read("docs/configuration.md");
  private static final String NONE = "none";

  @Test
  void every_setting_is_there_with_its_default() throws ClassNotFoundException {
    assertThat(told("## Settings of Runwright")).isEqualTo(settings());
  }

  @Test
  void settings_of_the_frameworks_have_the_values_of_application_yml() throws Exception {
    PropertySource<?> file =
        new YamlPropertySourceLoader()
            .load("application.yml", new ClassPathResource("application.yml"))
            .get(0);
    told("## Settings of Spring and Camunda")
        .forEach(
            (key, value) -> {
              Object inForce = file.getProperty(key);
              assertThat(value.isEmpty() && inForce == null ? "" : String.valueOf(inForce))
                  .as(key)
                  .isEqualTo(value);
            });
  }

  @Test
  void every_setting_says_what_it_is_for() {
    assertThat(PAGE.rowsBelow("## Settings of Runwright"))
        .allSatisfy(row -> assertThat(row.get(2)).as(row.get(0)).isNotBlank());
  }

  private static Map<String, String> told(String heading) {
    Map<String, String> told = new TreeMap<>();
    for (List<String> row : PAGE.rowsBelow(heading)) {
      String value = row.get(1).startsWith(NONE) ? "" : Page.code(row.get(1)).get(0);
      told.put(Page.code(row.get(0)).get(0), value);
    }
    return told;
  }

  private static Map<String, String> settings() throws ClassNotFoundException {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    Map<String, String> settings = new TreeMap<>();
    for (var bean : scanner.findCandidateComponents(Runwright.class.getPackageName())) {
      Class<?> type = Class.forName(bean.getBeanClassName());
      String prefix = type.getAnnotation(ConfigurationProperties.class).value();
      assertThat(type.isRecord()).as(type.getName()).isTrue();
      for (RecordComponent component : type.getRecordComponents()) {
        settings.put(prefix + "." + dashed(component.getName()), standard(type, component));
      }
    }
    return settings;
  }

  private static String dashed(String name) {
    String dashed = name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    return ConfigurationPropertyName.of(dashed).toString();
  }

  private static String standard(Class<?> type, RecordComponent component) {
    var parameters = type.getDeclaredConstructors()[0].getParameters();
    return Arrays.stream(parameters)
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .filter(parameter -> parameter.isAnnotationPresent(DefaultValue.class))
        .map(parameter -> String.join(",", parameter.getAnnotation(DefaultValue.class).value()))
        .findFirst()
        .orElse("");
  }
}
