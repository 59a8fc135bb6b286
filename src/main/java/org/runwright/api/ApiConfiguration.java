package org.runwright.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How requests are read. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

  private static final int AFTER_SECURITY = 100;

  private final ObjectMapper mapper;

  ApiConfiguration(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(ApiProperties settings) {
    FilterRegistrationBean<BodyLimit> filter =
        new FilterRegistrationBean<>(new BodyLimit(settings.maxBodyBytes(), mapper));
    filter.addUrlPatterns("/api/*");
    filter.setOrder(AFTER_SECURITY);
    return filter;
  }

  /** A field that is misspelt, or there twice, is an error and not silently nothing. */
  @Override
  public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
    ObjectMapper strict =
        mapper
            .copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    for (HttpMessageConverter<?> converter : converters) {
      if (converter instanceof MappingJackson2HttpMessageConverter json) {
        for (Class<?> body :
            List.of(NewRun.class, Cancellation.class, StepDecision.class, NewDecision.class)) {
          json.registerObjectMappersForType(
              body, mappers -> mappers.put(MediaType.APPLICATION_JSON, strict));
        }
      }
    }
  }
}
