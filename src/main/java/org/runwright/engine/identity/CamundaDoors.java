package org.runwright.engine.identity;

import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camunda's REST interface and pages, behind the one login. */
@Configuration(proxyBeanMethods = false)
class CamundaDoors {

  // After Spring Security (-100), before the filters of Camunda's pages, which come last.
  private static final int AFTER_SECURITY = 100;

  @Bean
  FilterRegistrationBean<EngineRestAsPerson> engineRestAsPerson(IdentityService identity) {
    FilterRegistrationBean<EngineRestAsPerson> door =
        new FilterRegistrationBean<>(new EngineRestAsPerson(identity));
    door.addUrlPatterns("/engine-rest/*");
    door.setOrder(AFTER_SECURITY);
    return door;
  }

  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappsAsPerson() {
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> door =
        new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    door.setInitParameters(
        Map.of(
            ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
            WebappLogin.class.getName()));
    door.addUrlPatterns("/camunda/api/*", "/camunda/app/*");
    door.setOrder(AFTER_SECURITY);
    return door;
  }
}
