import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpointFiles } from './checkpoint-files.ts';
import { readCheckpoint, type SigningKey, writeCheckpoint } from './checkpoint-text.ts';
import { fileSigningKey } from './file-signing-key.ts';
import { type LedgerWorld, openLedgerWorld } from './testing/ledger-world.ts';

const newKey = (keyId = 'k1'): SigningKey => ({
  keyId,
  privateKeyPem: String(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ),
});
const key = newKey();
const checkpoint = {
  workspaceId: 'default',
  seq: 42,
  hash: 'a'.repeat(64),
  authenticators: [{ personId: 'owner:default', fingerprint: 'f-1' }],
};

describe('the text of a checkpoint', () => {
  const text = writeCheckpoint(checkpoint, key);

  it('is origin, number and hash, a line for each person, and the signature', () => {
    expect(text.split('\n').slice(0, 5)).toEqual([
      'adjutant.ledger/default',
      '42',
      'a'.repeat(64),
      'authenticator owner%3Adefault f-1',
      '',
    ]);
    expect(readCheckpoint(text, 'default')).toMatchObject({ ...checkpoint, keyId: 'k1' });
  });

  it('comes back whatever the names hold', () => {
    const odd = {
      ...checkpoint,
      workspaceId: 'a\nb c/ü',
      authenticators: [{ personId: 'x y\n7', fingerprint: 'f f' }],
    };
    expect(readCheckpoint(writeCheckpoint(odd, key), odd.workspaceId)).toMatchObject(odd);
  });

  const other = writeCheckpoint({ ...checkpoint, seq: 43 }, newKey());
  const wrong: [string, string][] = [
    ['nothing', ''],
    ['garbage', 'garbage \0 \u001b[31m'],
    ['another number', text.replace('\n42\n', '\n41\n')],
    ['another hash', text.replace('a'.repeat(64), 'b'.repeat(64))],
    ['another authenticator', text.replace('f-1', 'f-2')],
    ['a signature of another checkpoint', `${text.split('\n\n')[0]}\n\n${other.split('\n\n')[1]}`],
    ['no signature', `${text.split('signature')[0]}`],
    ['a key that is none', text.replace(/key k1 \S+/, 'key k1 AAAA')],
    ['more behind it', `${text}more\n`],
    ['another line end', text.replaceAll('\n', '\r\n')],
    ['a number that is written otherwise', text.replace('\n42\n', '\n042\n')],
    ['very much', 'x'.repeat(2_000_000)],
    ['another workspace', writeCheckpoint({ ...checkpoint, workspaceId: 'other' }, key)],
    ['a JSON document', '{"seq":42}'],
  ];
  it.each(wrong)('is refused with words where it holds %s', (_name, changed) => {
    expect(() => readCheckpoint(changed, 'default')).toThrow(
      expect.objectContaining({ code: 'InvalidInput', hint: expect.stringContaining('adjutant') }),
    );
  });

  it('is written only with an Ed25519 key, and no error quotes one', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const privateKeyPem of [pem, 'SECRET-WORD', '']) {
      let message = '';
      try {
        writeCheckpoint(checkpoint, { keyId: 'k', privateKeyPem });
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('The key for signing checkpoints');
      expect(message).not.toContain('SECRET-WORD');
    }
  });
});

describe('exported checkpoints', () => {
  let world: LedgerWorld;
  let folder: string;
  beforeEach(async () => {
    world = await openLedgerWorld();
    folder = join(world.folder, 'checkpoints');
    await world.append(3);
  });
  afterEach(() => world.end());

  it('go into a folder, named by number, and are never written over', async () => {
    const signingKey = fileSigningKey(join(world.folder, 'keys', 'ledger.pem'));
    const first = await world.audit.checkpoint({ signingKey, to: folder });
    const again = await world.audit.checkpoint({ signingKey, to: folder });
    expect(again.path).toBe(first.path);
    await world.append(1);
    await world.audit.checkpoint({ signingKey, to: folder });
    expect(readdirSync(folder).toSorted()).toEqual([
      'adjutant-default-000000000003.checkpoint',
      'adjutant-default-000000000004.checkpoint',
    ]);
    const texts = (await readCheckpointFiles(folder)).map(({ text }) => text);
    expect(await world.audit.verify({ checkpoints: texts })).toMatchObject({
      ok: true,
      provenUpTo: 4,
      checkpoints: [{ seq: 3 }, { seq: 4 }],
    });
  });

  it('leave a key that only its owner can read, and the same one the next time', async () => {
    const path = join(world.folder, 'ledger.pem');
    const [one, two] = await Promise.all([fileSigningKey(path)(), fileSigningKey(path)()]);
    expect(one).toEqual(two);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'not a key');
    await expect(fileSigningKey(path)()).rejects.toMatchObject({ code: 'Configuration' });
  });

  it('can go to a function of the host', async () => {
    const taken: string[] = [];
    const written = await world.audit.checkpoint({
      signingKey: key,
      to: async (text) => {
        taken.push(text);
      },
    });
    expect(written).toMatchObject({ seq: 3, keyId: 'k1', path: null });
    expect(taken).toEqual([written.text]);
  });

  it('are not made of a ledger that does not verify', async () => {
    const made = world.audit.checkpoint({ signingKey: key, to: folder });
    await made;
    world.attack(`update audit_entries set actor = 'x' where seq = 2`);
    await expect(world.audit.checkpoint({ signingKey: key, to: folder })).rejects.toMatchObject({
      code: 'LedgerIntegrity',
    });
  });

  it('are not made over an earlier one that says something else', async () => {
    await world.audit.checkpoint({ signingKey: key, to: folder });
    const other = await openLedgerWorld();
    await other.append(3);
    await expect(other.audit.checkpoint({ signingKey: key, to: folder })).rejects.toMatchObject({
      code: 'LedgerIntegrity',
    });
    await other.end();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('are refused of a ledger that holds nothing, and to whoever does not look after it', async () => {
    const empty = await openLedgerWorld();
    await expect(empty.audit.checkpoint({ signingKey: key, to: folder })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
    await empty.end();
    const agent = world.auditAs({ kind: 'agent', name: 'a', sponsorPersonId: 'p1' });
    await expect(agent.checkpoint({ signingKey: key, to: folder })).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  it('are read from one file or a folder, and a folder without any is an error', async () => {
    const { path } = await world.audit.checkpoint({ signingKey: key, to: folder });
    expect(await readCheckpointFiles(path ?? '')).toEqual([
      { path, text: readFileSync(path ?? '', 'utf8') },
    ]);
    mkdirSync(join(folder, 'empty'));
    for (const wrong of [join(folder, 'empty'), join(folder, 'none')]) {
      await expect(readCheckpointFiles(wrong)).rejects.toMatchObject({ code: 'InvalidInput' });
    }
  });
});
