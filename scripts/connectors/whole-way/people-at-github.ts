import { z } from 'zod';
import type { Emulator } from '../start-emulator.ts';

type AskGithub = (method: string, path: string, body?: object) => Promise<unknown>;

export function githubAs({ url }: Emulator, token: string): AskGithub {
  return async (method, path, body) => {
    const response = await fetch(`${url}/repos/writer/widgets${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

const shaSchema = z.object({ sha: z.string() });

/** What people do: two pull requests, one of them reviewed and merged. */
export async function workAtGithub(
  github: Emulator,
  hook: { url: string; secret: string },
): Promise<{ merged: number; open: number }> {
  const write = githubAs(github, 'writes');
  const config = { ...hook, content_type: 'json' };
  await write('POST', '/hooks', { name: 'web', active: true, events: ['*'], config });
  const base = z.object({ object: shaSchema }).parse(await write('GET', '/git/ref/heads/main'));
  const root = z
    .object({ tree: shaSchema })
    .parse(await write('GET', `/git/commits/${base.object.sha}`)).tree.sha;
  const openOne = async (branch: string): Promise<number> => {
    const file = { path: `${branch}.txt`, mode: '100644', type: 'blob', content: branch };
    const tree = shaSchema.parse(
      await write('POST', '/git/trees', { base_tree: root, tree: [file] }),
    );
    const words = { message: branch, tree: tree.sha, parents: [base.object.sha] };
    const { sha } = shaSchema.parse(await write('POST', '/git/commits', words));
    await write('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha });
    const pull = { title: branch, head: branch, base: 'main', body: '' };
    return z.object({ number: z.number() }).parse(await write('POST', '/pulls', pull)).number;
  };
  const merged = await openOne('one');
  await githubAs(github, 'grace')('POST', `/pulls/${merged}/reviews`, {
    event: 'APPROVE',
    body: 'Right.',
  });
  await write('PUT', `/pulls/${merged}/merge`, { merge_method: 'merge' });
  return { merged, open: await openOne('two') };
}
