package org.runwright.access;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A real server on a free port with the people of the demo, but no runs. */
@SpringBootTest(
    classes = OnlyDoors.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"runwright.access.demo-users=true", "camunda.bpm.job-execution.enabled=false"})
@AutoConfigureObservability(tracing = false)
@DirtiesContext
public abstract class DemoServerTest {

  @TempDir static Path data;

  @LocalServerPort protected int port;

  @DynamicPropertySource
  static void data(DynamicPropertyRegistry properties) {
    properties.add("runwright.data-dir", () -> data.toString());
  }
}
