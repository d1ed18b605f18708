// Shows what the HTTP API says; GET /packets and GET /server are the whole truth.

const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString('en');

async function call(method, path) {
  const response = await fetch(path, { method });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? body.title);
  }
  return body;
}

function notify(text, failed = false) {
  byId('notice').textContent = text;
  byId('notice').classList.toggle('error', failed);
}

/** Runs what a button stands for, and shows what has changed and how it ended. */
async function act(action) {
  try {
    const text = await action();
    await refresh();
    notify(text);
  } catch (failure) {
    notify(failure.message, true);
  }
}

function element(name, className, text = '') {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = text;
  return created;
}

/** Nothing of it was out at the send timeout: the library took it back. */
const takenBack = (packet) => packet.outcome === 'timed out' && packet.bytesOut === 0;

function counts(packet) {
  const cell = element('td', 'counts');
  const bar = element('div', 'bar');
  const out = element('div', 'out');
  out.style.width = `${(100 * packet.bytesOut) / packet.bytesTotal}%`;
  out.style.minWidth = packet.bytesOut > 0 ? '4px' : '0';
  bar.append(out, element('div', `rest ${packet.recovery}`));
  const text = packet.outcome === 'sending' ? 'waiting'
    : `${number(packet.bytesOut)} out + ${number(packet.rest)} rest = ${number(packet.bytesTotal)}`;
  bar.ariaHidden = 'true';
  cell.append(bar, element('small', '', text));
  return cell;
}

const outcomes = { sending: 'wait', sent: 'good', 'timed out': 'wait', failed: 'bad' };
const recoveries = { running: 'wait', completed: 'good', failed: 'bad' };

function recovery(packet) {
  return packet.recovery === 'none'
    ? element('td', 'quiet', takenBack(packet) ? 'taken back' : '–')
    : element('td', recoveries[packet.recovery], packet.recovery);
}

function received(packet) {
  if (packet.received) {
    return element('td', 'good', '✓ received whole');
  }
  return element('td', 'quiet', takenBack(packet) ? 'never sent' : 'not yet');
}

function row(packet) {
  const tr = document.createElement('tr');
  const outcome = element('td', outcomes[packet.outcome], packet.outcome);
  outcome.title = packet.detail ?? '';
  tr.append(element('td', 'number', packet.id), element('td', 'number', number(packet.size)),
    element('td', 'checksum', packet.checksum), outcome, counts(packet), recovery(packet), received(packet));
  return tr;
}

let stalled = false;
let shown = '';

/** Draws the table only if something has changed, so that a selection in it stays. */
function show(server, packets) {
  stalled = server.stalled;
  byId('server').textContent = stalled ? 'stalled' : 'reading';
  byId('server').classList.toggle('stalled', stalled);
  byId('stall').textContent = stalled ? 'Release' : 'Stall reading';
  byId('empty').hidden = packets.length > 0;
  const now = JSON.stringify(packets);
  if (now !== shown) {
    byId('packets').replaceChildren(...packets.reverse().map(row));
    shown = now;
  }
}

async function refresh() {
  show(...await Promise.all([call('GET', 'server'), call('GET', 'packets')]));
}

let answers = true;

async function watch() {
  try {
    if (!document.hidden) {
      await refresh();
    }
    if (!answers) {
      notify('The application answers again.');
    }
    answers = true;
  } catch {
    answers = false;
    notify('The application does not answer.', true);
  }
  setTimeout(watch, 300);
}

async function send(size) {
  const packet = await call('POST', `packets?size=${size}`);
  if (packet.outcome === 'sent') {
    return `Packet ${packet.id} is out.`;
  }
  if (packet.outcome === 'failed') {
    throw new Error(packet.detail);
  }
  return takenBack(packet)
    ? `Packet ${packet.id} timed out with nothing out, and was taken back: sending it again is safe.`
    : `Packet ${packet.id} timed out: ${number(packet.bytesOut)} bytes are out, the rest is ${number(packet.rest)} bytes.`;
}

async function echo(size) {
  const reply = await call('POST', `echo?size=${size}`);
  return `${number(reply.size)} bytes sent and returned, ${reply.same ? 'the same byte for byte' : 'NOT the same'} `
    + `(CRC-32 ${reply.checksum} and ${reply.echoChecksum}).`;
}

byId('stall').addEventListener('click', () => act(async () => {
  const server = await call('POST', stalled ? 'release' : 'stall');
  return server.stalled ? 'The server reads no more. Send a packet that its buffers cannot hold.'
    : 'The server reads again.';
}));

byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const size = byId('size').value;
  act(() => (event.submitter === byId('echo') ? echo(size) : send(size)));
});

watch();
