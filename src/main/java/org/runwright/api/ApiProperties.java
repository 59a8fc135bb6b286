package org.runwright.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the REST interface.
 *
 * @param maxBodyBytes a longer request body is refused with 413
 * @param maxStreams live streams of events that may be open at the same time; one more is refused
 *     with 429
 * @param heartbeat how often a stream without news carries a comment, so that nothing on the way
 *     takes it for dead
 * @param streamLimit after this a stream is ended; who follows it comes back with Last-Event-ID
 */
@ConfigurationProperties("runwright.api")
record ApiProperties(
    @DefaultValue("1048576") int maxBodyBytes,
    @DefaultValue("200") int maxStreams,
    @DefaultValue("PT15S") Duration heartbeat,
    @DefaultValue("PT1H") Duration streamLimit) {}
