import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Adjutant, createAdjutant, folderArchive } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import type { Judged } from '../report.ts';
import { bytesIn, dayMs, now } from './world.ts';

const name = 'Quilla Zyxwander';
const login = 'quillazyx';
const email = 'quilla@zyxmail.example';
const said = 'xylophonequartz';
const canaries = ['quilla', 'zyxwander', 'zyxmail', said];

const source = createRowsConnector({
  id: 'example',
  records: () => ({
    account: {
      accounts: [
        {
          source: 'example',
          externalId: '9001',
          login,
          name,
          email,
          emailVerified: true,
          vendorId: null,
          kind: 'human',
          isBot: false,
        },
      ],
    },
    item: {
      workItems: [
        {
          source: 'example',
          externalId: 'w1',
          key: 'PAY-1',
          title: `Ask ${name} (@${login}, ${email})`,
          kind: 'task',
          originalType: null,
          statusCategory: 'to_do',
          originalStatus: null,
          points: null,
          parentExternalId: null,
          assigneeAccountExternalId: '9001',
          sprintExternalId: null,
          createdAt: now,
          startedAt: null,
          doneAt: null,
          dueDay: null,
        },
      ],
    },
  }),
});

/** A person in every place that there is, erased: nothing of theirs is left, and no sync brings it back. */
export async function erasureParts(folder: string): Promise<Judged[]> {
  const place = join(folder, 'erased');
  mkdirSync(place);
  const clock = createFakeClock(now);
  const adjutant = await createAdjutant({
    store: join(place, 'a.db'),
    clock,
    connectors: [source],
    archive: folderArchive(join(place, 'archive')),
  });
  await adjutant.sync();
  const owner = await adjutant.owner();
  const handle = adjutant.workspace().as(owner);
  const { items } = await handle.findPeople({ text: name });
  const personId = items[0]?.id ?? '';
  const own = adjutant.workspace().as({ kind: 'person', personId, role: 'member' });
  await own.reports.submit({ did: `${said} of long ago` });
  clock.advance(400 * dayMs);
  const data = adjutant.data(owner);
  await data.purge();
  await own.reports.submit({ did: `${said} of today` });
  await handle.reports.submit({ did: `thanks to ${name}` });
  const planted = placesOf(place).size;
  await data.erasePerson(personId);
  const left = placesOf(place).size + (await linesWith(adjutant));
  const ledger = await handle.audit.verify();
  const archives = await data.archives.verify();
  const again = await adjutant.sync();
  await adjutant.sync({ mode: 'backfill' });
  const back = placesOf(place).size + (await linesWith(adjutant));
  await adjutant.close();
  return [
    {
      title: 'Files and kinds of words in which the person was found before',
      figure: String(planted),
      must: 'at least 4',
      ok: planted >= 4,
    },
    {
      title: '… found after the erasure: store, log, index, archive, export',
      figure: String(left),
      must: '0',
      ok: left === 0,
    },
    {
      title: '… found after the source was read again, whole',
      figure: String(back),
      must: '0',
      ok: back === 0,
    },
    {
      title: 'Rows that reading again changed',
      figure: String(again.rowsChanged),
      must: '0',
      ok: again.rowsChanged === 0,
    },
    { title: 'The ledger verifies', figure: String(ledger.ok), must: 'true', ok: ledger.ok },
    {
      title: 'The archive verifies',
      figure: String(archives.isIntact),
      must: 'true',
      ok: archives.isIntact,
    },
  ];
}

/** Each file with each canary in it. */
function placesOf(folder: string): Set<string> {
  const found = new Set<string>();
  for (const { file, text } of bytesIn(folder)) {
    for (const canary of canaries) if (text.includes(canary)) found.add(`${file} ${canary}`);
  }
  return found;
}

async function linesWith(adjutant: Adjutant): Promise<number> {
  let lines = 0;
  for await (const line of adjutant.exportWorkspace()) {
    if (canaries.some((canary) => line.toLowerCase().includes(canary))) lines += 1;
  }
  return lines;
}
