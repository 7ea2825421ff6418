import type { ArchiveSink } from '../archive/archive-sink.ts';
import type { ConformanceCase } from './connector-conformance.ts';

export interface ArchiveSinkHarness {
  /** Returns an archive that holds nothing; called anew for each case. */
  create: () => ArchiveSink | Promise<ArchiveSink>;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const manyBytes = 3_000_000;

/**
 * Returns the cases that every archive must pass, for any test runner:
 * `for (const { name, run } of archiveSinkConformance(harness)) test(name, run)`.
 */
export function archiveSinkConformance({ create }: ArchiveSinkHarness): ConformanceCase[] {
  const given = async (): Promise<ArchiveSink> => {
    const sink = await create();
    await sink.put('one/a/manifest.json', bytesOf('first'));
    await sink.put('one/a/rows.jsonl.gz', new Uint8Array([0, 255, 13, 10, 0]));
    await sink.put('one/b%2e1/rows.jsonl.gz', bytesOf('second'));
    await sink.put('other/a/manifest.json', bytesOf('third'));
    return sink;
  };
  return [
    {
      name: 'gives back every byte as it was put, and null for what is not there',
      run: async () => {
        const sink = await given();
        await expectBytes(sink, 'one/a/rows.jsonl.gz', new Uint8Array([0, 255, 13, 10, 0]));
        await expectBytes(sink, 'one/b%2e1/rows.jsonl.gz', bytesOf('second'));
        ensure((await sink.get('one/c/manifest.json')) === null, 'what is not there is not null');
        ensure((await sink.get('one/a')) === null, 'a part of a name is not null');
      },
    },
    {
      name: 'holds nothing of size against an object: empty ones and large ones',
      run: async () => {
        const sink = await create();
        const large = new Uint8Array(manyBytes).map((_, place) => (place * 7) % 251);
        await sink.put('one/empty', new Uint8Array());
        await sink.put('one/large', large);
        await expectBytes(sink, 'one/empty', new Uint8Array());
        await expectBytes(sink, 'one/large', large);
      },
    },
    {
      name: 'writes over what has the name, and putting the same twice is harmless',
      run: async () => {
        const sink = await given();
        for (const text of ['anew', 'anew', 'x']) {
          await sink.put('one/a/manifest.json', bytesOf(text));
          await expectBytes(sink, 'one/a/manifest.json', bytesOf(text));
        }
      },
    },
    {
      name: 'lists the names that begin so, in their order, and nothing else',
      run: async () => {
        const sink = await given();
        expectNames(await sink.list('one/'), [
          'one/a/manifest.json',
          'one/a/rows.jsonl.gz',
          'one/b%2e1/rows.jsonl.gz',
        ]);
        expectNames(await sink.list('one/a/'), ['one/a/manifest.json', 'one/a/rows.jsonl.gz']);
        expectNames(await sink.list('nobody/'), []);
        expectNames(await (await create()).list(''), []);
      },
    },
    {
      name: 'removes what has the name and nothing beside it; removing it again is no mistake',
      run: async () => {
        const sink = await given();
        await sink.remove('one/a/manifest.json');
        await sink.remove('one/a/manifest.json');
        expectNames(await sink.list('one/a/'), ['one/a/rows.jsonl.gz']);
        ensure((await sink.get('one/a/manifest.json')) === null, 'what was removed is still there');
      },
    },
    {
      name: 'takes several at a time, and keeps what it was given even where that changes later',
      run: async () => {
        const sink = await create();
        const names = Array.from({ length: 20 }, (_, place) => `one/many/${place}`);
        const given20 = names.map((name) => bytesOf(name));
        await Promise.all(
          names.map((name, place) => sink.put(name, given20[place] ?? bytesOf(''))),
        );
        for (const bytes of given20) bytes.fill(0);
        for (const name of names) await expectBytes(sink, name, bytesOf(name));
      },
    },
  ];
}

async function expectBytes(sink: ArchiveSink, name: string, wanted: Uint8Array): Promise<void> {
  const found = await sink.get(name);
  ensure(found !== null, `${name} is not there`);
  ensure(Buffer.from(found).equals(Buffer.from(wanted)), `${name} is not what was put`);
}

function expectNames(found: readonly string[], wanted: readonly string[]): void {
  ensure(found.join('\n') === wanted.join('\n'), `the names are ${found.join(', ') || 'none'}`);
}

function ensure(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(`Not an archive: ${problem}.`);
}
