package org.runwright;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Runwright {

  public static void main(String[] arguments) {
    SpringApplication.run(Runwright.class, arguments);
  }

  /** The one source of time; tests replace it with a settable one. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
