package org.runwright.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the jump hosts in arguments of OpenSSH's {@code ssh}; every other option is left alone. */
final class SshArguments {

  private static final int MOST_JUMPS = 8;
  private static final String WITH_VALUE = "BbcDEeFIiJLlmOopQRSWw";
  private static final Pattern OPTION = Pattern.compile("\\s*(\\w+)\\s*[=\\s]\\s*(.*)");
  private static final Pattern JUMP =
      Pattern.compile(
          "(?:ssh://)?(?:([^@\\s,:/-][^@\\s,:/]*)@)?(\\[[0-9A-Fa-f:.%]+]|[^@\\s,:/\\[\\]-][^@\\s,:/\\[\\]]*)"
              + "(?::(\\d{1,5}))?/?");

  private final String defaultUser;

  /**
   * @param defaultUser for a jump host without a user
   */
  SshArguments(String defaultUser) {
    this.defaultUser = defaultUser;
  }

  /**
   * The jumps, first hop first; empty where the arguments do not speak of them.
   *
   * @throws Malformed with what is wrong
   */
  Optional<List<Jump>> jumps(String arguments) throws Malformed {
    List<String> words = split(arguments);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.length() < 2 || word.charAt(0) != '-') {
        continue;
      }
      char flag = word.charAt(1);
      String value = word.substring(2);
      if (value.isEmpty() && WITH_VALUE.indexOf(flag) >= 0) {
        i++;
        value = i < words.size() ? words.get(i) : "";
      }
      Optional<String> route = flag == 'J' ? Optional.of(value) : route(flag, value);
      if (route.isPresent()) {
        return Optional.of(parse(route.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> route(char flag, String value) throws Malformed {
    Matcher option = OPTION.matcher(value);
    if (flag != 'o' || !option.matches()) {
      return Optional.empty();
    }
    String name = option.group(1).toLowerCase(Locale.ROOT);
    if (name.equals("proxycommand") && !option.group(2).equalsIgnoreCase("none")) {
      throw new Malformed("a ProxyCommand is not supported; use -o ProxyJump=user@host:port");
    }
    return name.equals("proxyjump") ? Optional.of(option.group(2)) : Optional.empty();
  }

  private List<Jump> parse(String route) throws Malformed {
    if (route.trim().equalsIgnoreCase("none")) {
      return List.of();
    }
    List<Jump> jumps = new ArrayList<>();
    for (String hop : route.split(",", -1)) {
      Matcher jump = JUMP.matcher(hop.trim());
      if (!jump.matches()) {
        throw new Malformed(
            "a jump host is written [user@]host[:port], several with commas between");
      }
      int port = jump.group(3) == null ? 22 : Integer.parseInt(jump.group(3));
      if (port < 1 || port > 65_535) {
        throw new Malformed("the port of a jump host is from 1 to 65535");
      }
      String user = jump.group(1) == null ? defaultUser : jump.group(1);
      jumps.add(new Jump(user, jump.group(2).replaceAll("[\\[\\]]", ""), port));
    }
    if (jumps.size() > MOST_JUMPS) {
      throw new Malformed("more than " + MOST_JUMPS + " jump hosts, the most allowed");
    }
    return List.copyOf(jumps);
  }

  /** Words as a POSIX shell splits them, with quotes and backslashes but nothing expanded. */
  private static List<String> split(String arguments) throws Malformed {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      boolean escapes = c == '\\' && quote != '\'' && i + 1 < arguments.length();
      if (escapes) {
        word.append(arguments.charAt(++i));
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new Malformed("a quote is opened but not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
