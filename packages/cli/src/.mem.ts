import { git } from '@adjutant/connectors/git';
import { systemClock, silentLogger } from '@adjutant/core';
const dir = process.argv[2];
const c = git({ repositories: [dir] });
const ctx: any = {
  config: c.config,
  clock: systemClock,
  logger: silentLogger,
  fetch,
  signal: new AbortController().signal,
};
const budget: any = { take() {}, report() {}, remaining: null };
const m = (l: string) => {
  const u = process.memoryUsage();
  console.log(
    l,
    Object.entries(u)
      .map(([k, v]) => k + ' ' + Math.round(v / 1e6))
      .join(', '),
  );
};
m('start');
for await (const scope of c.definition.discover(ctx)) {
  const s = c.definition.streams[0];
  let n = 0;
  let last = performance.now();
  for await (const b of s.read(ctx, {
    stream: s.id,
    scope,
    mode: 'backfill',
    state: null,
    budget,
  })) {
    n += b.records.length;
    if (n % 10000 < 1000) m(String(n));
    await new Promise((r) => setImmediate(r));
  }
  m('end');
  (globalThis as any).gc?.();
  m('gc');
}
