import { copyFileSync } from 'node:fs';
import { createAdjutant, folderArchive } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { startChild } from '../child-process.ts';
import type { Judged } from '../report.ts';
import {
  agesInArchive,
  agesInStore,
  dayMs,
  fill,
  now,
  oldDays,
  openAt,
  type Place,
  placeIn,
  youngDays,
} from './world.ts';

/** What is a day too old goes into the archive, what is a day too young stays. */
export async function ageParts(folder: string): Promise<Judged[]> {
  const place = placeIn(folder, 'ages');
  await fill(place);
  const adjutant = await openAt(place);
  const data = adjutant.data(await adjutant.owner());
  const dry = await data.purge({ dryRun: true });
  const real = await data.purge();
  const stored = await agesInStore(adjutant);
  const archived = await agesInArchive(adjutant, place);
  const verified = await data.archives.verify();
  await adjutant.close();
  return [
    judge('A report of 366 days ago is in the store', stored.includes(366), false),
    judge('… and in the archive', archived.includes(366), true),
    judge('A report of 364 days ago is in the store', stored.includes(364), true),
    judge('… and in the archive', archived.includes(364), false),
    judge('Rows that a dry run counts', dry.rows, real.rows),
    judge(
      'Rows that a purge deletes (reports and what they said before)',
      real.rows,
      oldDays.length * 2,
    ),
    judge('Problems that verification finds in the archive', verified.problems.length, 0),
  ];
}

/** An archive that fails at each of its calls in turn: nothing may be gone afterwards. */
export async function failureParts(folder: string): Promise<Judged[]> {
  let lost = 0;
  let failures = 0;
  for (let failing = 1; ; failing += 1) {
    const place = placeIn(folder, `failing-${failing}`);
    await fill(place);
    const sink = folderArchive(place.archive);
    let calls = 0;
    const fail = (): void => {
      calls += 1;
      if (calls === failing) throw new Error('the archive is away');
    };
    const adjutant = await createAdjutant({
      store: place.store,
      clock: createFakeClock(now),
      archive: {
        ...sink,
        async put(name, bytes) {
          fail();
          await sink.put(name, bytes);
        },
        async get(name) {
          fail();
          return sink.get(name);
        },
      },
    });
    const data = adjutant.data(await adjutant.owner());
    const isFailed = await data.purge().then(
      () => false,
      () => true,
    );
    const stored = await agesInStore(adjutant);
    await adjutant.close();
    if (!isFailed) break;
    failures += 1;
    lost += oldDays.length + youngDays.length - stored.length;
  }
  return [
    {
      title: 'Calls of the archive that failed, one in each purge',
      figure: String(failures),
      must: 'at least 4',
      ok: failures >= 4,
    },
    judge('Rows that were deleted although the archive failed', lost, 0),
  ];
}

/** SIGKILL at every call that a purge makes: each row is in the store or in a complete archive, never in neither or both. */
export async function killParts(folder: string): Promise<Judged[]> {
  const filled = placeIn(folder, 'filled');
  await fill(filled);
  const original = await openAt(filled);
  // A backup is a file by itself, whatever stands in a log.
  const { path } = await original.data(await original.owner()).backup(`${filled.store}.backup`);
  await original.close();
  const calm = copyOf(folder, path, 'calm');
  const whole = await startChild('purger', [calm.store, calm.archive, String(now)]);
  const { calls } = await whole.report;
  await whole.exit;
  const counts = { killed: 0, lost: 0, doubled: 0, problems: 0, unfinished: 0 };
  const afterwards = new Set<string>();
  for (let nth = 1; nth <= Number(calls); nth += 1) {
    const place = copyOf(folder, path, `killed-${nth}`);
    const child = await startChild('purger', [
      place.store,
      place.archive,
      String(now),
      String(nth),
    ]);
    const { signal } = await child.exit;
    if (signal === 'SIGKILL') counts.killed += 1;
    afterwards.add(await judgeKilled(place, counts));
  }
  return [
    judge('Purges killed, one at each call of clock and archive', counts.killed, Number(calls)),
    {
      title: 'Different states that they left behind',
      figure: String(afterwards.size),
      must: 'at least 2',
      ok: afterwards.size >= 2,
    },
    judge('Rows in neither the store nor a complete archive', counts.lost, 0),
    judge('Rows in both', counts.doubled, 0),
    judge('Archives that do not verify', counts.problems, 0),
    judge('Stores in which the next purge does not finish the work', counts.unfinished, 0),
  ];
}

async function judgeKilled(
  place: Place,
  counts: { lost: number; doubled: number; problems: number; unfinished: number },
): Promise<string> {
  // A worker that was killed holds nobody up for longer than its lease.
  const adjutant = await openAt(place, now + dayMs / 24);
  const data = adjutant.data(await adjutant.owner());
  const stored = await agesInStore(adjutant);
  const archived = await agesInArchive(adjutant, place);
  for (const age of [...oldDays, ...youngDays]) {
    const places = Number(stored.includes(age)) + Number(archived.includes(age));
    if (places === 0) counts.lost += 1;
    if (places === 2) counts.doubled += 1;
  }
  counts.problems += (await data.archives.verify()).problems.length;
  await data.purge();
  const left = (await agesInStore(adjutant)).length;
  const kept = (await agesInArchive(adjutant, place)).length;
  const verified = await data.archives.verify();
  if (left !== youngDays.length || kept !== oldDays.length || !verified.isIntact)
    counts.unfinished += 1;
  await adjutant.close();
  return `${stored.length} ${archived.length}`;
}

function copyOf(folder: string, backup: string, name: string): Place {
  const place = placeIn(folder, name);
  copyFileSync(backup, place.store);
  return place;
}

function judge(title: string, figure: unknown, must: unknown): Judged {
  return { title, figure: String(figure), must: String(must), ok: figure === must };
}
