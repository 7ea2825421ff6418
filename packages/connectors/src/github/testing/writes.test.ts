import { afterEach, describe, expect, it } from 'vitest';
import { generateGithubRepository } from './generate-github-repository.ts';
import { type GithubTwin, startGithubTwin } from './start-github-twin.ts';

let twin: GithubTwin;
afterEach(() => twin.close());

async function start(): Promise<void> {
  const { data } = generateGithubRepository({ pullRequests: 0, openPullRequests: 1, seed: 3 });
  twin = await startGithubTwin({ data });
}

async function comment(token: string, body: unknown = { body: 'Seen.' }): Promise<number> {
  const response = await fetch(`${twin.url}/api/v3/repos/acme/large/issues/1/comments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

function comments(): number {
  const [repository] = twin.data.repositories;
  const written = [...(repository?.pullRequests.values() ?? [])].flatMap((one) => one.comments);
  return written.filter(({ author }) => author?.login === 'adjutant-writer').length;
}

describe('writes', () => {
  it('are for the token that may write, and are recorded as they arrive', async () => {
    await start();
    expect(await comment(twin.token)).toBe(403);
    expect(await comment(twin.writeToken)).toBe(201);
    expect(await comment(twin.writeToken, '{')).toBe(400);
    expect(await comment(twin.writeToken, {})).toBe(422);
    expect(comments()).toBe(1);
    expect(twin.writes.map(({ kind, status, applied }) => [kind, status, applied])).toEqual([
      ['POST comments', 403, false],
      ['POST comments', 201, true],
      ['POST comments', 400, false],
      ['POST comments', 422, false],
    ]);
  });

  it('that arrive twice are carried out twice', async () => {
    await start();
    twin.faults.writeDuplicated = { count: 1 };
    expect(await comment(twin.writeToken)).toBe(201);
    expect(comments()).toBe(2);
    expect(twin.writes.map(({ fault }) => fault)).toEqual([null, 'writeDuplicated']);
  });

  it('that are late are carried out though nobody waits any more', async () => {
    await start();
    twin.faults.writeDelayed = { count: 1 };
    twin.faults.writeDelayMs = 1_200;
    const gone = new AbortController();
    const asked = fetch(`${twin.url}/api/v3/repos/acme/large/issues/1/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${twin.writeToken}` },
      body: JSON.stringify({ body: 'Late.' }),
      signal: gone.signal,
    });
    setTimeout(() => gone.abort(), 400);
    await expect(asked).rejects.toThrow();
    expect(comments()).toBe(0);
    await expect.poll(comments).toBe(1);
  });
});
