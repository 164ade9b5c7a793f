'use strict';

// The page of a run that goes on. The program sends what it knows by server-sent events: "start" with the whole
// history, then a "sample" a second. Nothing here asks another host for anything.

const MOST_SAMPLES = 2048;
const PLOT_PIXELS = 160;
const TALL_PLOT_PIXELS = 350;
const PAST_COLOURS = ['#8e6bbf', '#b58900', '#c2185b', '#607d8b', '#2e7d32', '#6d4c41'];

const byId = (id) => document.getElementById(id);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const isNumber = (value) => value !== null && value !== undefined;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

function clock(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value) => String(Math.floor(value)).padStart(2, '0');
  return (hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(seconds % 60)}`;
}

// What is known: a column of numbers for each measure, all as long as the column of seconds.
const known = { history: { seconds: [] }, greedy: [], stochastic: [], threshold: null, past: new Map() };

function addSample(sample) {
  const history = known.history;
  for (const key of new Set([...Object.keys(history), ...Object.keys(sample)])) {
    history[key] ??= new Array(history.seconds.length).fill(null);
  }
  for (const key of Object.keys(history)) {
    history[key].push(sample[key] ?? null);
  }
  if (history.seconds.length > MOST_SAMPLES) {
    for (const key of Object.keys(history)) {
      history[key] = history[key].filter((_, index) => index % 2 === 0);
    }
  }
}

// Charts of something over the time, each with its lines.
const OVER_TIME = {
  speed: [
    { key: 'stepsPerSecond', label: 'steps/s', stroke: '--evaluation' },
    { key: 'updatesPerSecond', label: 'updates/s', stroke: '--training' },
  ],
  credit: [
    { key: 'lead', label: 'ahead', stroke: '--evaluation' },
    { key: 'maxLead', label: 'at most', stroke: '--solved', dash: [6, 4] },
  ],
  replay: [
    { key: 'held', label: 'held', stroke: '--evaluation' },
    { key: 'capacity', label: 'at most', stroke: '--solved', dash: [6, 4] },
  ],
  exploration: [
    { key: 'epsilon', label: 'ε', stroke: '--evaluation' },
    { key: 'entropy', label: 'entropy', stroke: '--stochastic' },
  ],
  loss: [{ key: 'loss', label: 'loss', stroke: '--evaluation' }],
};

const charts = new Map();

function draw(id, series, data, options, words) {
  const place = byId(id);
  const signature = JSON.stringify(series.map((each) => [each.label, each.stroke]));
  let chart = charts.get(id);
  if (chart && chart.signature !== signature) {
    chart.plot.destroy();
    chart = undefined;
  }
  if (!chart) {
    chart = { signature, plot: new uPlot({ ...frame(place), ...options, series }, data, place) };
    charts.set(id, chart);
  } else {
    chart.plot.setData(data);
  }
  place.dataset.points = data[0].length;
  place.setAttribute('aria-label', words);
}

// The legend's lines come below it, as many as there is need for.
function plotSize(place) {
  return { width: place.clientWidth, height: place.classList.contains('tall') ? TALL_PLOT_PIXELS : PLOT_PIXELS };
}

function frame(place) {
  const axis = {
    stroke: colour('--faint'),
    grid: { stroke: colour('--edge'), width: 1 },
    ticks: { stroke: colour('--edge'), width: 1 },
  };
  return {
    ...plotSize(place),
    scales: { x: { time: false } },
    axes: [{ ...axis }, { ...axis, size: 64 }],
    cursor: { drag: { x: true, y: false } },
  };
}

function drawOverTime(id, lines) {
  const shown = lines.filter((line) => known.history[line.key]?.some(isNumber));
  byId(id).closest('section').hidden = shown.length === 0;
  if (shown.length === 0) {
    return;
  }
  const options = frame(byId(id));
  options.axes[0].values = (_, ticks) => ticks.map(clock);
  const series = [
    { label: 'time', value: (_, seconds) => (isNumber(seconds) ? clock(seconds) : '–') },
    ...shown.map((line) => ({
      label: line.label,
      stroke: colour(line.stroke),
      dash: line.dash,
      width: 2,
      points: { show: false },
      spanGaps: true,
      value: (_, value) => (isNumber(value) ? short.format(value) : '–'),
    })),
  ];
  const data = [known.history.seconds, ...shown.map((line) => known.history[line.key])];
  const last = shown.map((line) => `${line.label} ${short.format(known.history[line.key].findLast(isNumber))}`);
  draw(id, series, data, options, `Now: ${last.join(', ')}.`);
}

function line(label, stroke, more) {
  return {
    label,
    stroke,
    width: 2,
    spanGaps: true,
    points: { show: false },
    value: (_, value) => (isNumber(value) ? tenths.format(value) : '–'),
    ...more,
  };
}

// The ends of the interval are the two series before the mean.
function withInterval(plot, mean, series, index) {
  if (!isNumber(mean)) {
    return '–';
  }
  const [high, low] = [plot.data[series - 2][index], plot.data[series - 1][index]];
  return tenths.format(mean) + (isNumber(low) ? ` (${tenths.format(low)} to ${tenths.format(high)})` : '');
}

function drawRewards() {
  const { history, greedy, stochastic, threshold, past } = known;
  const tables = [];
  const series = [{ label: 'steps', value: (_, steps) => (isNumber(steps) ? whole.format(steps) : '–') }];
  const add = (table, ...lines) => {
    tables.push(table);
    series.push(...lines);
  };
  const steps = history.steps ?? [];
  if (history.trainingReturn?.some(isNumber)) {
    const taken = steps.map((_, index) => index).filter((index) => isNumber(steps[index]));
    add(
      [taken.map((index) => steps[index]), taken.map((index) => history.trainingReturn[index])],
      line('training', colour('--training')),
    );
  }
  const bands = [];
  if (greedy.length > 0) {
    bands.push({ series: [series.length, series.length + 1], fill: colour('--evaluation-band') });
    add(
      [column(greedy, 'steps'), column(greedy, 'high'), column(greedy, 'low'), column(greedy, 'mean')],
      line('95 % up to', colour('--evaluation'), { width: 0, class: 'band-end' }),
      line('95 % from', colour('--evaluation'), { width: 0, class: 'band-end' }),
      line('evaluation', colour('--evaluation'), { points: { show: true, size: 5 }, value: withInterval }),
    );
  }
  if (stochastic.length > 0) {
    add(
      [column(stochastic, 'steps'), column(stochastic, 'mean')],
      line('evaluation, exploring', colour('--stochastic'), { points: { show: true, size: 5 } }),
    );
  }
  let pastColour = 0;
  for (const run of past.values()) {
    add(
      [column(run.greedy, 'steps'), column(run.greedy, 'mean')],
      line(run.name, PAST_COLOURS[pastColour++ % PAST_COLOURS.length], { dash: [3, 3] }),
    );
  }
  if (tables.length === 0 || tables.every((table) => table[0].length === 0)) {
    return;
  }
  if (isNumber(threshold)) {
    const all = tables.flatMap((table) => table[0]);
    const ends = [0, all.reduce((a, b) => Math.max(a, b), 1)];
    add([ends, ends.map(() => threshold)], line('solved from', colour('--solved'), { dash: [6, 4], width: 1 }));
  }
  const options = { ...frame(byId('rewards')), bands };
  draw('rewards', series, uPlot.join(tables), options, rewardWords());
  byId('rewards').dataset.evaluations = greedy.length;
}

const column = (evaluations, key) => evaluations.map((each) => each[key]);

function rewardWords() {
  const training = known.history.trainingReturn?.findLast(isNumber);
  const words = [isNumber(training) ? `Training return ${tenths.format(training)}` : 'No training returns here'];
  const last = known.greedy.findLast((each) => isNumber(each.mean));
  if (last) {
    words.push(`last of ${known.greedy.length} evaluations ${tenths.format(last.mean)}`);
  }
  if (isNumber(known.threshold)) {
    words.push(`${tenths.format(known.threshold)} solves it`);
  }
  return words.join(', ') + '.';
}

function drawAll() {
  drawRewards();
  Object.entries(OVER_TIME).forEach(([id, lines]) => drawOverTime(id, lines));
}

function redraw() {
  charts.forEach((chart) => chart.plot.destroy());
  charts.clear();
  drawAll();
}

function showFacts(sample) {
  const means = known.greedy.filter((each) => isNumber(each.mean));
  const best = means.reduce((a, b) => (a && a.mean >= b.mean ? a : b), undefined);
  const last = means.at(-1);
  const facts = [
    ['steps', isNumber(sample.steps) && whole.format(sample.steps)],
    ['at most', isNumber(sample.stepLimit) && whole.format(sample.stepLimit)],
    ['time', clock(sample.seconds)],
    ['steps/s', isNumber(sample.stepsPerSecond) && whole.format(sample.stepsPerSecond)],
    ['training return', isNumber(sample.trainingReturn) && tenths.format(sample.trainingReturn)],
    ['last evaluation', last && tenths.format(last.mean)],
    ['best evaluation', best && tenths.format(best.mean)],
    ['solved from', isNumber(known.threshold) && tenths.format(known.threshold)],
    ['ε', isNumber(sample.epsilon) && short.format(sample.epsilon)],
  ].filter(([, value]) => value);
  byId('facts').replaceChildren(
    ...facts.map(([name, value]) => {
      const pair = document.createElement('div');
      pair.append(
        Object.assign(document.createElement('dt'), { textContent: name }),
        Object.assign(document.createElement('dd'), { textContent: value }),
      );
      return pair;
    }),
  );
}

// Said aloud by screen readers, so only what has changed.
function say(words) {
  if (byId('status').textContent !== words) {
    byId('status').textContent = words;
  }
}

function take(news) {
  byId('title').textContent = news.title;
  document.title = `${news.title} · Relive`;
  known.threshold = news.threshold;
  known.greedy.push(...news.greedy);
  known.stochastic.push(...news.stochastic);
  if (news.sample) {
    addSample(news.sample);
    showFacts(news.sample);
  }
  say(news.activity);
  drawAll();
}

function listen() {
  const events = new EventSource('page/events');
  events.addEventListener('start', (event) => {
    const start = JSON.parse(event.data);
    known.history = start.history;
    known.greedy = [];
    known.stochastic = [];
    redraw();
    take(start);
  });
  events.addEventListener('sample', (event) => take(JSON.parse(event.data)));
  events.addEventListener('error', () => say('no connection to the program: it has ended, or is trying again'));
}

// The newest policy is played by the program only while somebody looks.
const policy = { wanted: true, inView: false, events: undefined };

function watchPolicy() {
  const looks = policy.wanted && policy.inView && document.visibilityState === 'visible';
  if (looks && !policy.events) {
    policy.events = new EventSource('page/frames');
    policy.events.addEventListener('frame', (event) => showFrame(JSON.parse(event.data)));
    policy.events.addEventListener('refusal', (event) => {
      byId('policy-words').textContent = JSON.parse(event.data).reason;
      policy.wanted = false;
      watchPolicy();
    });
  } else if (!looks && policy.events) {
    policy.events.close();
    policy.events = undefined;
  }
  byId('policy-switch').textContent = policy.wanted ? 'Pause' : 'Play';
  byId('policy-switch').setAttribute('aria-pressed', String(policy.wanted));
}

async function showFrame(frame) {
  const bytes = Uint8Array.from(atob(frame.png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = byId('policy');
  if (canvas.width !== image.width || canvas.height !== image.height) {
    canvas.width = image.width;
    canvas.height = image.height;
  }
  canvas.getContext('2d').drawImage(image, 0, 0);
  image.close();
  canvas.dataset.frames = 1 + Number(canvas.dataset.frames ?? 0);
  byId('policy-words').textContent =
    `policy ${whole.format(frame.version)} · episode ${frame.episode} · step ${whole.format(frame.step)} · ` +
    `return ${tenths.format(frame.total)}`;
}

byId('policy-switch').addEventListener('click', () => {
  policy.wanted = !policy.wanted;
  watchPolicy();
});
document.addEventListener('visibilitychange', watchPolicy);
new IntersectionObserver((entries) => {
  policy.inView = entries.at(-1).isIntersecting;
  watchPolicy();
}).observe(byId('policy'));

// Past runs are read from the log when somebody asks for them.
async function listRuns() {
  try {
    const answer = await fetch('page/runs');
    if (!answer.ok) {
      byId('runs').textContent = await answer.text();
      return;
    }
    const found = await answer.json();
    const rows = found.runs.map((run) => {
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', value: run.id });
      box.addEventListener('change', () => compare(box, run));
      const label = document.createElement('label');
      label.append(box, ` ${run.name} · ${run.algorithm} · seed ${run.seed} · ${run.phase} · ${run.started}`);
      return label;
    });
    const note = Object.assign(document.createElement('p'), { className: 'note', textContent: found.note });
    byId('runs').replaceChildren(...rows, note);
  } catch (failure) {
    byId('runs').textContent = `The past runs cannot be read: ${failure.message}`;
  }
}

async function compare(box, run) {
  if (!box.checked) {
    known.past.delete(run.id);
    redraw();
    return;
  }
  const answer = await fetch(`page/curve?run=${encodeURIComponent(run.id)}`);
  if (answer.ok) {
    known.past.set(run.id, { name: run.name, ...(await answer.json()) });
    redraw();
  } else {
    box.checked = false;
    box.parentElement.append(` (${(await answer.text()).trim()})`);
  }
}

byId('past').addEventListener('toggle', () => byId('past').open && listRuns());

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
new ResizeObserver(() => {
  charts.forEach((chart, id) => chart.plot.setSize(plotSize(byId(id))));
}).observe(document.querySelector('main'));

listen();
