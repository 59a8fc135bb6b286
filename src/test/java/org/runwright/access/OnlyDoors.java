package org.runwright.access;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The server with its doors only: engine, Camunda's pages, people, login. Carries no stereotype, so
 * that the scan of the whole server does not find it.
 */
@EnableAutoConfiguration
@ComponentScan({"org.runwright.access", "org.runwright.engine.identity"})
@ConfigurationPropertiesScan("org.runwright.access")
public class OnlyDoors {

  public static void main(String[] arguments) {
    SpringApplication.run(OnlyDoors.class, arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
