package org.runwright.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path folder;
  private final Mask mask = new Mask();
  private final Secrets secrets =
      new Secrets(mask, name -> Optional.ofNullable(Map.of("PW", "from-env").get(name)));

  @Test
  void a_text_stands_for_itself() {
    assertThat(secrets.resolve("pa{ss} word ")).isEqualTo("pa{ss} word ");
  }

  @Test
  void a_variable_and_a_file_are_looked_up() throws IOException {
    Path file = Files.writeString(folder.resolve("pw"), "from-file\n");
    assertThat(secrets.resolve("{{ lookup('env', 'PW') }}")).isEqualTo("from-env");
    assertThat(secrets.resolve("{{lookup(\"env\",\"PW\")}}")).isEqualTo("from-env");
    assertThat(secrets.resolve("{{ lookup('file', '" + file + "') }}")).isEqualTo("from-file");
    assertThat(mask.apply("from-env from-file")).isEqualTo("******** ********");
  }

  @Test
  void a_reference_that_leads_nowhere_is_named() {
    assertRefused("{{ lookup('env','NONE') }}", "the environment variable NONE is not set");
    assertRefused("{{ lookup('file','/no/such') }}", "cannot read the file /no/such");
    assertRefused("{{ lookup('pipe','id') }}", "unknown lookup 'pipe'");
    assertRefused("{{ vault_password }}", "cannot read the reference {{ vault_password }}");
  }

  private void assertRefused(String reference, String message) {
    assertThatThrownBy(() -> secrets.resolve(reference))
        .isInstanceOf(SecretFailure.class)
        .hasMessageContaining(message);
  }
}
