// A tab of a process instance: the steps of its run, and what one of them wrote. Reads with the
// session of this page and changes nothing; for more there is the page of the run.
const EVERY = 3000;
const BASE = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');
const ENGINE = BASE + '/camunda/api/engine/engine/default';

function element(name, text, attributes) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) {
    made.textContent = text;
  }
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

async function get(path, type) {
  const answer = await fetch(path, { headers: { Accept: type || 'application/json' }, credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error('the server answers ' + answer.status);
  }
  return type ? answer.text() : answer.json();
}

/** The run's id is the business key of its process; processes that it calls lead to it. */
async function runOf(instance) {
  const own = await get(ENGINE + '/history/process-instance/' + encodeURIComponent(instance));
  const root = own.rootProcessInstanceId;
  return root && root !== instance
    ? (await get(ENGINE + '/history/process-instance/' + encodeURIComponent(root))).businessKey
    : own.businessKey;
}

class Tab {
  constructor(node, instance) {
    this.node = node;
    this.instance = instance;
    this.gone = false;
    this.step = null;
    this.head = element('p', 'Reads …', { role: 'status' });
    this.table = element('table', null, { class: 'table table-condensed cam-table runwright-steps' });
    this.output = element('div', null, { class: 'runwright-output' });
    node.append(this.head, this.table, this.output);
    this.look();
  }

  close() {
    this.gone = true;
    clearTimeout(this.timer);
  }

  async look() {
    let again = true;
    try {
      this.run = this.run || (await runOf(this.instance));
      if (!this.run) {
        this.head.textContent = 'This process does not belong to a run.';
        return;
      }
      const run = await get(BASE + '/api/runs/' + encodeURIComponent(this.run));
      again = !run.endedAt;
      this.show(run);
      if (this.step) {
        await this.read();
      }
    } catch (problem) {
      this.head.textContent = 'The run cannot be read: ' + problem.message;
    }
    if (again && !this.gone) {
      this.timer = setTimeout(() => this.look(), EVERY);
    }
  }

  show(run) {
    const page = element('a', 'the page of this run', { href: BASE + '/runs/' + encodeURIComponent(run.id) });
    this.head.replaceChildren(
      element('b', run.state.toLowerCase().replace('_', ' ')),
      document.createTextNode((run.waitsFor ? ', waits for ' + run.waitsFor : '') + '. More on '),
      page, document.createTextNode('.'));
    const head = element('tr');
    ['State', 'Step', 'Host', 'Changed', 'Attempt', 'Exit', 'Message'].forEach((name) =>
      head.append(element('th', name, { scope: 'col' })));
    const top = element('thead');
    top.append(head);
    const body = element('tbody');
    run.steps.slice(-200).forEach((step) => body.append(this.row(step)));
    const focused = document.activeElement && document.activeElement.dataset.step;
    this.table.replaceChildren(top, body);
    if (focused) {
      const again = [...body.querySelectorAll('button')].find((button) => button.dataset.step === focused);
      again && again.focus();
    }
  }

  row(step) {
    const row = element('tr');
    const choose = element('button', step.title, { type: 'button', class: 'btn btn-link' });
    choose.dataset.step = step.id;
    choose.style.padding = '0';
    choose.addEventListener('click', () => {
      this.step = step;
      this.output.replaceChildren();
      this.read().catch((problem) => this.output.replaceChildren(element('p', problem.message)));
    });
    const named = element('td');
    named.append(choose, document.createTextNode(step.undoOf ? ' (undo)' : ''));
    row.append(
      element('td', step.state.toLowerCase()), named, element('td', step.host),
      element('td', step.changed === undefined ? '' : step.changed ? 'yes' : 'no'),
      element('td', step.attempt), element('td', step.signal || step.exitCode), element('td', step.message));
    return row;
  }

  /** The end of the output, as the page of the run shows it. */
  async read() {
    const step = this.step;
    const run = encodeURIComponent(this.run);
    const html = await get(BASE + '/runs/' + run + '/output?step=' + encodeURIComponent(step.id), 'text/html');
    if (this.gone || step !== this.step) {
      return;
    }
    const shown = new DOMParser().parseFromString(html, 'text/html');
    const lines = [...shown.querySelectorAll('.lines code')].map((line) =>
      (line.className === 'err' ? '! ' : '  ') + line.textContent);
    const title = element('h4', 'Output of ' + step.title + ' ');
    title.append(element('a', 'whole', { href: BASE + '/api/runs/' + run + '/log?step=' + encodeURIComponent(step.id) }));
    const text = element('pre', lines.join('\n') || 'Nothing so far.', { tabindex: '0' });
    text.style.maxHeight = '20em';
    text.style.overflow = 'auto';
    const before = this.output.querySelector('pre');
    const atEnd = !before || before.scrollTop + before.clientHeight >= before.scrollHeight - 5;
    const place = before ? before.scrollTop : 0;
    this.output.replaceChildren(title, text, element('small', 'Lines with ! are standard error.'));
    text.scrollTop = atEnd ? text.scrollHeight : place;
  }
}

let tab = null;

export default {
  id: 'runwright.steps',
  pluginPoint: 'cockpit.processInstance.runtime.tab',
  priority: 20,
  properties: { label: 'Steps and output' },
  render: (node, { processInstanceId }) => {
    tab = new Tab(node, processInstanceId);
  },
  unmount: () => {
    tab && tab.close();
    tab = null;
  }
};
