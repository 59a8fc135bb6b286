package org.runwright.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.runwright.platform.YamlMap;
import org.runwright.platform.YamlValue;

/** Reads the approval of a descriptor. */
final class ApprovalForm {

  private static final int MOST_APPROVERS = 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final Pattern EXPRESSION =
      Pattern.compile("\\s*[#$]\\{(?=[^}]*\\S).{1,2000}}\\s*", Pattern.DOTALL);
  private static final String APPROVE = "approve";

  private ApprovalForm() {}

  static Optional<ApprovalRule> read(YamlValue value) {
    return value.map().map(ApprovalForm::rule);
  }

  private static ApprovalRule rule(YamlMap map) {
    map.allow(List.of("when", "groups", "quorum", "four-eyes", "timeout", "on-timeout"));
    Optional<String> when =
        map.get("when").flatMap(v -> v.text(EXPRESSION, "an expression such as #{size > 3}"));
    return new ApprovalRule(
        when,
        map.get("groups").map(ApprovalForm::groups).orElse(List.of("approver")),
        map.get("quorum").flatMap(v -> v.integer(1, MOST_APPROVERS)).orElse(1),
        map.get("four-eyes").flatMap(YamlValue::bool).orElse(true),
        map.get("timeout").flatMap(YamlValue::duration).orElse(TIMEOUT),
        map.get("on-timeout")
            .flatMap(v -> v.oneOf(List.of("reject", APPROVE)))
            .filter(APPROVE::equals)
            .map(word -> ApprovalRule.OnTimeout.APPROVE)
            .orElse(ApprovalRule.OnTimeout.REJECT));
  }

  private static List<String> groups(YamlValue value) {
    List<String> groups = DescriptorFile.people(value);
    if (groups.isEmpty()) {
      value.problem("must name at least one group that decides");
    }
    return groups;
  }
}
