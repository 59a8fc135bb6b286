package org.runwright.engine;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every process in {@code processes/} keeps to; how it is drawn: {@link ProcessDrawingsTest}.
 */
class ProcessModelsTest {

  private static final Path FOLDER = Path.of("processes");

  /** The delegates that wait for a host. */
  private static final Set<String> REMOTE =
      Set.of(
          "${startService}",
          "${stopService}",
          "${restartService}",
          "${awaitService}",
          "${checkService}",
          "${confirmService}",
          "${dumpDatabase}",
          "${drillBackup}",
          "${deleteBackup}",
          "${undoStep}",
          "${runOnHosts}",
          "${lockHost}",
          "${unlockHost}",
          "${preCheck}",
          "${notePackages}",
          "${updatePackages}",
          "${rebootHost}",
          "${awaitHost}",
          "${drainHost}",
          "${undrainHost}",
          "${settleRun}");

  static Stream<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_what_it_is(Path file) {
    var model = read(file);
    Bpmn.validateModel(model);
    var process = process(model);

    assertThat(file.getFileName()).hasToString(process.getId() + ".bpmn");
    assertThat(process.isExecutable()).isTrue();
    assertThat(process.getName()).isNotBlank();
    assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P180D");
    assertThat(process.isCamundaStartableInTasklist()).isFalse();
    assertThat(process.getDocumentations())
        .singleElement()
        .satisfies(text -> assertThat(text.getTextContent().split("\\. ")).hasSize(2));
  }

  @ParameterizedTest
  @MethodSource("files")
  void names_every_element(Path file) {
    for (var node : read(file).getModelElementsByType(FlowNode.class)) {
      assertThat(node.getName()).as(node.getId()).isNotBlank();
      assertThat(node.getId()).matches("[a-z]+(-[a-z]+)*");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void says_on_each_way_out_of_a_gateway_when_it_is_taken(Path file) {
    for (var gateway : read(file).getModelElementsByType(ExclusiveGateway.class)) {
      assertThat(gateway.getDefault()).as(gateway.getId()).isNotNull();
      assertThat(gateway.getOutgoing())
          .allSatisfy(flow -> assertThat(flow.getName()).as(flow.getId()).isNotBlank())
          .filteredOn(flow -> !flow.equals(gateway.getDefault()))
          .extracting(SequenceFlow::getConditionExpression)
          .doesNotContainNull();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void commits_a_remote_step_before_anything_follows_it(Path file) {
    var model = read(file);
    for (var task : model.getModelElementsByType(ServiceTask.class)) {
      assertThat(task.isCamundaAsyncAfter())
          .as(task.getId())
          .isEqualTo(REMOTE.contains(task.getCamundaDelegateExpression()));
      assertThat(task.isCamundaExclusive()).as(task.getId()).isTrue();
    }
    for (var boundary : errorBoundaries(model)) {
      for (var flow : boundary.getOutgoing()) {
        assertThat(flow.getTarget().isCamundaAsyncBefore()).as(flow.getId()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void catches_the_failure_of_a_remote_step_beside_the_step(Path file) {
    var model = read(file);
    var caught =
        errorBoundaries(model).stream()
            .map(boundary -> boundary.getAttachedTo().getId())
            .collect(toSet());
    for (var task : model.getModelElementsByType(ServiceTask.class)) {
      var bean = task.getCamundaDelegateExpression();
      if (REMOTE.contains(bean) && !bean.equals("${settleRun}")) {
        assertThat(caught).contains(task.getId());
        assertThat(locals(task.getParentElement())).contains("failureMessage", "checkOutput");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void refers_only_to_what_is_there(Path file) throws IOException {
    var model = read(file);
    var processes = files().map(other -> process(read(other)).getId()).collect(toSet());
    assertThat(model.getModelElementsByType(CallActivity.class))
        .extracting(CallActivity::getCalledElement)
        .isSubsetOf(processes);
    for (var task : model.getModelElementsByType(UserTask.class)) {
      assertThat(task.getCamundaFormRefBinding()).isEqualTo("latest");
      assertThat(Files.readString(FOLDER.resolve(task.getCamundaFormRef() + ".form")))
          .contains("\"id\": \"%s\"".formatted(task.getCamundaFormRef()));
    }
  }

  /** The engine does not find the handler of an association that comes before a flow element. */
  @ParameterizedTest
  @MethodSource("files")
  void puts_associations_last(Path file) {
    var model = read(file);
    var subProcesses = model.getModelElementsByType(SubProcess.class).stream();
    Stream.concat(Stream.of(process(model)), subProcesses)
        .forEach(
            scope -> {
              var names =
                  scope.getDomElement().getChildElements().stream()
                      .map(DomElement::getLocalName)
                      .dropWhile(name -> !name.equals("association"))
                      .toList();
              assertThat(names).allMatch("association"::equals);
            });
  }

  static BpmnModelInstance read(Path file) {
    return Bpmn.readModelFromFile(file.toFile());
  }

  private static Process process(BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).iterator().next();
  }

  private static List<BoundaryEvent> errorBoundaries(BpmnModelInstance model) {
    return model.getModelElementsByType(BoundaryEvent.class).stream()
        .filter(
            event ->
                event.getEventDefinitions().stream()
                    .anyMatch(ErrorEventDefinition.class::isInstance))
        .toList();
  }

  /** Variables that belong to one instance of a loop's body. */
  private static List<String> locals(ModelElementInstance body) {
    return ((SubProcess) body)
            .getExtensionElements()
            .getElementsQuery()
            .filterByType(CamundaInputOutput.class)
            .singleResult()
            .getCamundaInputParameters()
            .stream()
            .map(CamundaInputParameter::getCamundaName)
            .toList();
  }
}
