package org.runwright.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.runwright.step.PreparedStep;
import org.springframework.stereotype.Component;

/** Values that the tables of this room keep as JSON. */
@Component
class Json {

  private final ObjectMapper mapper;

  Json(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  Map<String, Object> map(String text) {
    return read(text, new TypeReference<>() {});
  }

  Map<String, String> texts(String text) {
    return read(text, new TypeReference<>() {});
  }

  List<String> list(String text) {
    return read(text, new TypeReference<>() {});
  }

  PreparedStep preparedStep(String text) {
    return read(text, new TypeReference<>() {});
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that is not of this version", e);
    }
  }
}
