package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Quartz's six fields
        "0 30 1 ? * *        | 2026-11-21T12:00 | 2026-11-22T01:30 2026-11-23T01:30",
        "0 0/20 9-10 ? * MON | 2026-11-21T12:00 | 2026-11-23T09:00 2026-11-23T09:20 2026-11-23T09:40",
        "0 0 3 L * ?         | 2026-11-21T12:00 | 2026-11-30T03:00 2026-12-31T03:00",
        "0 0 3 ? * 2#1 2027  | 2026-11-21T12:00 | 2027-01-04T03:00 2027-02-01T03:00",
        // Unix's five
        "30 1 * * *          | 2026-11-21T12:00 | 2026-11-22T01:30 2026-11-23T01:30",
        "*/20 9-10 * * 1     | 2026-11-21T12:00 | 2026-11-23T09:00 2026-11-23T09:20 2026-11-23T09:40",
        "0 4 * * 0           | 2026-11-21T12:00 | 2026-11-22T04:00 2026-11-29T04:00",
        "0 4 * * 7           | 2026-11-21T12:00 | 2026-11-22T04:00 2026-11-29T04:00",
        "0 4 * * fri-mon/2   | 2026-11-21T12:00 | 2026-11-22T04:00 2026-11-27T04:00",
        "0 4 * * */3         | 2026-11-21T12:00 | 2026-11-22T04:00 2026-11-25T04:00 2026-11-28T04:00",
        "0 4 1,15 * 5        | 2026-11-21T12:00 | 2026-11-27T04:00 2026-12-01T04:00 2026-12-04T04:00",
        "0 4 31 * *          | 2026-11-21T12:00 | 2026-12-31T04:00 2027-01-31T04:00 2027-03-31T04:00",
        // a leap day
        "0 5 29 2 *          | 2026-11-21T12:00 | 2028-02-29T05:00 2032-02-29T05:00",
        "0 0 5 29 2 ?        | 2096-11-21T12:00 | 2104-02-29T05:00",
      })
  void fires_when_the_expression_says(String cron, LocalDateTime after, String expected) {
    assertThat(local(cron, after, expected)).isEqualTo(times(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 2026-03-29, 02:00 is 03:00: 02:30 is left out
        "30 2 * * *          | 2026-03-28T12:00Z | 2026-03-29T01:30Z 2026-03-30T00:30Z",
        "0 2,3 * * *         | 2026-03-28T12:00Z | 2026-03-29T01:00Z 2026-03-30T00:00Z",
        "0 30 1 ? * *        | 2026-03-28T12:00Z | 2026-03-29T00:30Z 2026-03-29T23:30Z",
        "0 */2 * * *         | 2026-03-28T22:30Z | 2026-03-28T23:00Z 2026-03-29T02:00Z",
        "*/30 * * * *        | 2026-03-29T00:15Z | 2026-03-29T00:30Z 2026-03-29T01:00Z 2026-03-29T01:30Z",
        // 2026-10-25, 03:00 is 02:00: 02:30 comes twice
        "30 2 * * *          | 2026-10-24T12:00Z | 2026-10-25T00:30Z 2026-10-26T01:30Z",
        "0 30 2 ? * *        | 2026-10-25T00:30Z | 2026-10-26T01:30Z",
        "0 * * * *           | 2026-10-24T23:30Z | 2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T02:00Z",
        "0 0/30 * * * ?      | 2026-10-25T00:10Z | 2026-10-25T00:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z 2026-10-25T02:00Z",
      })
  void both_changes_of_the_clock(String cron, OffsetDateTime after, String expected) {
    List<Instant> instants =
        Arrays.stream(expected.split(" "))
            .map(time -> OffsetDateTime.parse(time).toInstant())
            .toList();
    assertThat(CronTimes.parse(cron).next(after.toInstant(), BERLIN, instants.size()))
        .isEqualTo(instants);
  }

  @Test
  void an_expression_of_the_past_never_fires() {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(CronTimes.parse("0 0 3 1 1 ? 2020").next(now, BERLIN)).isEmpty();
    assertThat(CronTimes.parse("0 3 30 2 *").next(now, BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "1 2 3 4 5 6 7 8",
        "60 1 * * *",
        "0 24 * * *",
        "0 4 * * 8",
        "0 4 * * FUN",
        "0 4 * * 1-2-3",
        "0 4 * * */0",
        "0 0 3 * * *",
        "hello",
        "0 0 25 ? * *"
      })
  void what_is_no_expression_is_refused(String text) {
    assertThatThrownBy(() -> CronTimes.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<LocalDateTime> local(String cron, LocalDateTime after, String expected) {
    return CronTimes.parse(cron)
        .next(after.atZone(BERLIN).toInstant(), BERLIN, times(expected).size())
        .stream()
        .map(instant -> LocalDateTime.ofInstant(instant, BERLIN))
        .toList();
  }

  private static List<LocalDateTime> times(String text) {
    return Arrays.stream(text.split(" ")).map(LocalDateTime::parse).toList();
  }
}
