package org.runwright.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step ready to run: the one remote call it makes. Stored as JSON in the journal, so it holds no
 * secret and does not change when the files of the platform do.
 *
 * @param title for people, such as "Start database on db1"
 * @param script shell text; {@code arguments} reach it as {@code $1}, {@code $2} …
 * @param timeLimit after this the command is ended on the host
 * @param safeToRepeat whether running it again after an unknown outcome does no harm
 * @param undo what takes back its change, if anything does
 */
public record PreparedStep(
    String kind,
    String title,
    String host,
    Optional<String> service,
    String script,
    List<String> arguments,
    boolean become,
    Duration timeLimit,
    boolean safeToRepeat,
    Optional<StepRequest> undo) {}
