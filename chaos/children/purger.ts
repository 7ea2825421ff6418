// Purges once; killed at the given call of what it is handed from outside: its clock or its archive.
// Usage: purger.ts <store> <archive> <now> <nth call, or none>
import { type ArchiveSink, createAdjutant, folderArchive } from '@adjutant/core';

const [store = '', folder = '', now = '0', nth = 'none'] = process.argv.slice(2);

/** Counted once the purge has begun: opening the store is no part of it. */
let calls = Number.NaN;
const passing = (): void => {
  calls += 1;
  // No handler can hold this one up.
  if (calls === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

/** Each call can be the last one, before it is done and after. */
function mortal(sink: ArchiveSink): ArchiveSink {
  const around = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    passing();
    const result = await call();
    passing();
    return result;
  };
  return {
    place: sink.place,
    put: (name, bytes) => around(() => sink.put(name, bytes)),
    get: (name) => around(() => sink.get(name)),
    list: (prefix) => around(() => sink.list(prefix)),
    remove: (name) => around(() => sink.remove(name)),
  };
}

const adjutant = await createAdjutant({
  store,
  archive: mortal(folderArchive(folder)),
  clock: {
    now() {
      passing();
      return Number(now);
    },
    sleep: async () => undefined,
  },
});
process.send?.('ready');
const data = adjutant.data(await adjutant.owner());
calls = 0;
const { rows } = await data.purge();
const made = calls;
await adjutant.close();
process.send?.({ rows, calls: made });
process.disconnect?.();
