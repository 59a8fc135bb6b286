package org.runwright.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.ModelException;
import org.runwright.platform.FileProblem;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/**
 * What this product asks of a model beyond what Camunda checks. The text of a command is fixed: a
 * value put into it by an expression would be shell text, so values travel as arguments. And a task
 * that runs on a host continues asynchronously, so that its result is never lost to what follows;
 * where a model forgot to say so, it is added.
 */
@Component
class ModelCheck {

  private static final Pattern BEAN = Pattern.compile("[$#]\\{\\s*(\\w+)\\s*}");

  /** How the XML parser tells the line. */
  private static final Pattern PLACE =
      Pattern.compile("(?:Line=|lineNumber: )(\\d+)[:;]\\s*(.*)", Pattern.DOTALL);

  private static final Set<String> SHELL_TEXT = Set.of("command", "undo");

  private final BeanFactory beans;

  ModelCheck(BeanFactory beans) {
    this.beans = beans;
  }

  /** A model to deploy, if there are no problems. */
  record Checked(byte[] model, List<FileProblem> problems) {}

  Checked check(String name, byte[] bytes) {
    BpmnModelInstance model;
    try {
      model = Bpmn.readModelFromStream(new ByteArrayInputStream(bytes));
    } catch (ModelException e) {
      return new Checked(bytes, List.of(unreadable(name, e)));
    }
    List<FileProblem> problems = new ArrayList<>();
    boolean completed = false;
    for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
      if (isRemote(task)) {
        problems.addAll(interpolated(name, task));
        if (!task.isCamundaAsyncAfter()) {
          task.setCamundaAsyncAfter(true);
          completed = true;
        }
      }
    }
    byte[] result =
        completed ? Bpmn.convertToString(model).getBytes(StandardCharsets.UTF_8) : bytes;
    return new Checked(result, problems);
  }

  private boolean isRemote(ServiceTask task) {
    return Optional.ofNullable(task.getCamundaDelegateExpression())
        .map(BEAN::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(beans::containsBean)
        .filter(bean -> beans.isTypeMatch(bean, RemoteStep.class))
        .isPresent();
  }

  private static List<FileProblem> interpolated(String file, ServiceTask task) {
    if (task.getExtensionElements() == null) {
      return List.of();
    }
    return task.getExtensionElements().getChildElementsByType(CamundaInputOutput.class).stream()
        .flatMap(io -> io.getCamundaInputParameters().stream())
        .filter(parameter -> SHELL_TEXT.contains(parameter.getCamundaName()))
        .filter(ModelCheck::holdsExpression)
        .map(
            parameter ->
                new FileProblem(
                    file,
                    0,
                    0,
                    "service task "
                        + task.getId()
                        + ": the input parameter "
                        + parameter.getCamundaName()
                        + " is shell text and must not hold an expression; pass the value in the"
                        + " list 'arguments' and write \"$1\""))
        .toList();
  }

  private static boolean holdsExpression(CamundaInputParameter parameter) {
    String text = parameter.getTextContent();
    return text.contains("${") || text.contains("#{") || parameter.getValue() != null;
  }

  private static FileProblem unreadable(String name, ModelException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
    return place.find()
        ? new FileProblem(
            name, Integer.parseInt(place.group(1)), 1, "is not BPMN: " + place.group(2))
        : new FileProblem(name, 0, 0, "is not BPMN: " + cause.getMessage());
  }
}
