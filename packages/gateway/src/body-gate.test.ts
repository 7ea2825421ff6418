import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { type BodyGate, createBodyGate } from './body-gate.ts';

const limit = 25 * 1_024 * 1_024;

/** A body that comes as it is told to; it says that it is as long as it may be. */
function slowBody(gate: BodyGate, address: string | null, told: string | null = String(limit)) {
  let send: (bytes: Uint8Array | null) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (bytes) => (bytes === null ? controller.close() : controller.enqueue(bytes));
    },
  });
  const headers = told === null ? {} : { 'content-length': told };
  const init = { method: 'POST', body, duplex: 'half', headers } as const;
  const read = gate.read(new Request('http://localhost/', init), limit, () => address);
  return { read, send };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function whole(gate: BodyGate, address: string | null): ReturnType<BodyGate['read']> {
  const headers = { 'content-length': '2' };
  return gate.read(
    new Request('http://localhost/', { method: 'POST', body: '{}', headers }),
    limit,
    () => address,
  );
}

const twoBytes = { bytes: new Uint8Array(Buffer.from('{}')) };

test('nothing is set aside for what is only said to come', async () => {
  const gate = createBodyGate(createFakeClock(), { mostBytes: limit });
  for (let count = 0; count < 50; count += 1) slowBody(gate, '127.0.0.1').send(Buffer.from('{'));
  await turn();
  expect(await whole(gate, '127.0.0.2')).toEqual(twoBytes);
  expect(await whole(gate, '127.0.0.1')).toEqual(twoBytes);
});

test.each([String(limit), '10', null])(
  'a body of which hardly anything comes is ended after its grace (told: %s)',
  async (told) => {
    const clock = createFakeClock();
    const gate = createBodyGate(clock, { graceMs: 5_000, slowest: 1_000 });
    const { read, send } = slowBody(gate, '127.0.0.1', told);
    send(Buffer.from('{'));
    await turn();
    clock.advance(4_999);
    gate.sweep();
    expect(await Promise.race([read, turn().then(() => 'waits')])).toBe('waits');
    clock.advance(2_000);
    gate.sweep();
    expect(await read).toEqual({ refused: 'too_slow' });
  },
);

test('a body that goes on quickly enough is whole; also that ends in time', async () => {
  const clock = createFakeClock();
  const gate = createBodyGate(clock, { graceMs: 5_000, slowest: 1_000, longestMs: 30_000 });
  const first = slowBody(gate, '127.0.0.1');
  const second = slowBody(gate, '127.0.0.1');
  for (let passed = 0; passed < 20; passed += 1) {
    for (const { send } of [first, second]) send(new Uint8Array(1_000));
    await turn();
    clock.advance(1_000);
    gate.sweep();
  }
  first.send(null);
  expect(await first.read).toMatchObject({ bytes: { byteLength: 20_000 } });
  clock.advance(10_000);
  gate.sweep();
  expect(await second.read).toEqual({ refused: 'too_slow' });
});

function full(clock: FakeClock, count: number, addressOf: (place: number) => string | null) {
  const gate = createBodyGate(clock, { mostAtOnce: 8, mostOfOne: 4 });
  const slow = Array.from({ length: count }, (_, place) => slowBody(gate, addressOf(place)));
  return { gate, slow };
}

test.each([
  ['one address', 4, () => '127.0.0.1', '127.0.0.1'],
  ['many addresses', 8, (place: number) => `192.0.2.${place}`, '127.0.0.1'],
  ['nobody known', 8, () => null, null],
])('where %s took all places, the oldest gives way', async (_, count, addressOf, address) => {
  const clock = createFakeClock();
  const { gate, slow } = full(clock, count, addressOf);
  expect(await whole(gate, address)).toEqual({ refused: 'too_many' });
  clock.advance(1_000);
  expect(await whole(gate, address)).toEqual(twoBytes);
  expect(await slow[0]?.read).toEqual({ refused: 'too_many' });
});

test('one address takes the places of no other', async () => {
  const { gate } = full(createFakeClock(), 200, () => '127.0.0.1');
  expect(await whole(gate, '127.0.0.2')).toEqual(twoBytes);
});

test('of what has arrived, whoever sent most gives way', async () => {
  const clock = createFakeClock();
  const gate = createBodyGate(clock, { mostBytes: 1_000 });
  const heavy = [0, 1, 2].map(() => slowBody(gate, '127.0.0.1'));
  for (const { send } of heavy) send(new Uint8Array(300));
  await turn();
  const good = slowBody(gate, '127.0.0.2');
  good.send(new Uint8Array(250));
  await turn();
  good.send(null);
  expect(await good.read).toMatchObject({ bytes: { byteLength: 250 } });
  expect(await heavy[0]?.read).toEqual({ refused: 'too_many' });
});

test('what was read leaves no trace: places and bytes are free again', async () => {
  const gate = createBodyGate(createFakeClock(), { mostAtOnce: 1, mostOfOne: 1, mostBytes: 10 });
  for (let count = 0; count < 100; count += 1) {
    expect(await whole(gate, '127.0.0.1')).toEqual(twoBytes);
    const long = slowBody(gate, '127.0.0.1');
    long.send(new Uint8Array(9));
    long.send(null);
    expect(await long.read).toMatchObject({ bytes: { byteLength: 9 } });
  }
});

test('what is longer than it may be is not read', async () => {
  const gate = createBodyGate(createFakeClock());
  expect(await slowBody(gate, null, String(limit + 1)).read).toEqual({ refused: 'too_large' });
});
