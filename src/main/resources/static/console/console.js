// What the pages do beyond plain HTML: follow the output of a step while it grows. Without this
// script every page still shows the same, as it was when it was loaded.
(function () {
  'use strict';

  const MOST_LINES = 2000;
  let follower = null;

  /** Shows what comes, and never keeps more than the last lines, in memory or on the page. */
  class Lines {
    constructor(panel) {
      this.box = panel.querySelector('.lines');
      this.cut = panel.querySelector('.cut');
      this.none = panel.querySelector('.none');
      this.stay = panel.querySelector('.follow input');
      this.waiting = [];
      this.drawing = false;
      const last = this.box.lastElementChild;
      this.open = last && last.hasAttribute('data-open') ? last : null;
    }

    add(stream, text) {
      const kind = stream === 'stderr' ? 'err' : 'out';
      const parts = text.split('\n');
      const whole = parts.pop() === '';
      const lines = whole ? parts : text.split('\n');
      lines.forEach((line, i) =>
        this.waiting.push({ kind: kind, text: line, open: !whole && i === lines.length - 1 }));
      if (this.waiting.length > MOST_LINES + 1) {
        // The first line may continue one that is shown; what is dropped ends that.
        this.open = null;
        this.waiting.splice(0, this.waiting.length - MOST_LINES);
        this.box.replaceChildren();
        this.cut.hidden = false;
      }
      if (!this.drawing) {
        this.drawing = true;
        setTimeout(() => this.draw(), 100);
      }
    }

    draw() {
      this.drawing = false;
      const fresh = document.createDocumentFragment();
      for (const line of this.waiting) {
        if (this.open && this.open.className === line.kind) {
          this.open.append(line.text);
        } else {
          const row = document.createElement('code');
          row.className = line.kind;
          row.textContent = line.text;
          fresh.append(row);
          this.open = row;
        }
        if (!line.open) {
          this.open = null;
        }
      }
      this.waiting = [];
      if (this.none) {
        this.none.remove();
        this.none = null;
      }
      this.box.append(fresh);
      for (let more = this.box.childElementCount - MOST_LINES; more > 0; more--) {
        this.box.firstElementChild.remove();
        this.cut.hidden = false;
      }
      if (this.stay.checked) {
        this.toEnd();
      }
    }

    toEnd() {
      this.box.scrollTop = this.box.scrollHeight;
    }
  }

  function stop() {
    if (follower) {
      follower.close();
      follower = null;
    }
  }

  function say(panel, text) {
    panel.querySelector('.following').textContent = text;
  }

  function follow(panel) {
    stop();
    const lines = new Lines(panel);
    lines.toEnd();
    if (panel.dataset.ended === 'true') {
      return;
    }
    const step = panel.dataset.step;
    const source = new EventSource(
      panel.dataset.events + '?after=' + encodeURIComponent(panel.dataset.seq) + '&step=' + encodeURIComponent(step));
    follower = source;
    panel.querySelector('.follow').hidden = false;
    say(panel, 'following');
    source.addEventListener('output', (event) => {
      const output = JSON.parse(event.data);
      if (output.stepId === step) {
        lines.add(output.stream, output.text);
      }
    });
    source.addEventListener('step', (event) => {
      const seen = JSON.parse(event.data);
      news();
      if (seen.id === step && seen.endedAt) {
        source.close();
        say(panel, 'ended: ' + seen.state.toLowerCase());
      }
    });
    source.addEventListener('run', news);
    source.onopen = () => say(panel, 'following');
    source.onerror = () =>
      say(panel, source.readyState === EventSource.CLOSED ? 'ended' : 'connection lost, trying again');
  }

  let told = false;

  /** Has the page look again, at most once in half a second. */
  function news() {
    const now = document.getElementById('now');
    if (!told && now && window.htmx) {
      told = true;
      setTimeout(() => {
        told = false;
        window.htmx.trigger('#now', 'news');
      }, 500);
    }
  }

  function look(within) {
    const panel = within.matches && within.matches('.output') ? within : within.querySelector('.output');
    if (panel && !panel.dataset.followed) {
      panel.dataset.followed = 'true';
      follow(panel);
    }
  }

  document.addEventListener('DOMContentLoaded', () => look(document.body));
  document.addEventListener('htmx:load', (event) => look(event.target));
  document.addEventListener('htmx:beforeSwap', (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) {
      // The login has run out; the page itself leads to the login.
      window.location.reload();
    } else if (status >= 400 && status < 500 && event.detail.boosted) {
      // A form was refused: the answer is the page with the reason.
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
