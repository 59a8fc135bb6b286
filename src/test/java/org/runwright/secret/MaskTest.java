package org.runwright.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class MaskTest {

  private final Mask mask = new Mask();

  @Test
  void without_secrets_the_text_is_untouched() {
    String text = "nothing here";
    assertThat(mask.apply(text)).isSameAs(text);
  }

  @Test
  void a_secret_is_hidden_in_each_form() {
    mask.hide("s3cr&t wörd");
    String base64 =
        Base64.getEncoder().encodeToString("s3cr&t wörd".getBytes(StandardCharsets.UTF_8));
    assertThat(mask.apply("a s3cr&t wörd b")).isEqualTo("a ******** b");
    assertThat(mask.apply("b64 " + base64)).doesNotContain(base64.substring(0, 10));
    assertThat(mask.apply("u=s3cr%26t+w%C3%B6rd")).isEqualTo("u=********");
    assertThat(mask.apply("u=s3cr%26t%20w%C3%B6rd")).isEqualTo("u=********");
  }

  @Test
  void a_short_secret_does_not_hide_ordinary_words() {
    mask.hide("abc");
    assertThat(mask.apply("abc")).isEqualTo("abc");
  }

  @Test
  void a_secret_inside_another_leaves_no_rest() {
    mask.hide("pass");
    mask.hide("password-long");
    assertThat(mask.apply("password-long pass")).isEqualTo("******** ********");
  }

  @Test
  void each_line_of_a_key_is_hidden() {
    mask.hide("line-one\nline-two\n");
    assertThat(mask.apply("x line-two y")).isEqualTo("x ******** y");
  }

  @Test
  void the_number_of_secrets_is_bounded() {
    for (int i = 0; i <= Mask.LIMIT; i++) {
      mask.hide("secret-" + i + "-");
    }
    assertThat(mask.apply("secret-0- secret-1-")).isEqualTo("secret-0- ********");
  }
}
