package org.runwright.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Knows the secrets that were resolved and hides them in texts. A secret of four characters or more
 * is hidden as it is, in Base64 and URL-encoded; a shorter one would hide ordinary words. Holds at
 * most {@value #LIMIT} secrets, the oldest is forgotten first. Thread-safe; free of cost as long as
 * there is no secret.
 */
@Component
public class Mask {

  static final int LIMIT = 1000;
  private static final int SHORTEST = 4;
  private static final String STARS = "********";

  private final Set<String> secrets = new LinkedHashSet<>();
  private volatile List<String> forms = List.of();

  /** Hides the secret from now on, every line of it if it has several. */
  public void hide(String secret) {
    secret.lines().map(String::strip).filter(line -> line.length() >= SHORTEST).forEach(this::add);
  }

  private synchronized void add(String secret) {
    if (!secrets.add(secret)) {
      return;
    }
    if (secrets.size() > LIMIT) {
      secrets.remove(secrets.iterator().next());
    }
    // The longest first, so that a secret inside another one does not leave a rest of it.
    forms =
        secrets.stream()
            .flatMap(Mask::forms)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.of(
        secret,
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        url,
        url.replace("+", "%20"));
  }

  /** The text with every known secret replaced by stars. */
  public String apply(String text) {
    List<String> now = forms;
    if (now.isEmpty()) {
      return text;
    }
    String masked = text;
    for (String form : now) {
      masked = masked.replace(form, STARS);
    }
    return masked;
  }
}
