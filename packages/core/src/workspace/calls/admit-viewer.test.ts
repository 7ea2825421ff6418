import { describe, expect, test } from 'vitest';
import { createAdjutant } from '../../create-adjutant.ts';
import type { Viewer } from '../../domain.ts';

describe('a viewer', () => {
  test('is somebody of the workspace: neither made up nor of another one, nor an assistant of such', async () => {
    const adjutant = await createAdjutant({ store: ':memory:' });
    try {
      const here = await adjutant.owner();
      const there = await adjutant.owner('other');
      const refused: Viewer[] = [
        there,
        { kind: 'person', personId: 'nobody', role: 'admin' },
      ].flatMap((one) => [one as Viewer, agentOf(one as Viewer)]);
      for (const viewer of refused) {
        const handle = adjutant.workspace().as(viewer);
        for (const call of [handle.teams(), handle.listWork(), handle.actions.list()])
          await expect(call).rejects.toMatchObject({ code: 'Permission' });
        if (viewer.kind !== 'person') continue;
        await expect(adjutant.accessTokens(viewer).list()).rejects.toMatchObject({
          code: 'Permission',
        });
      }
      for (const viewer of [here, agentOf(here)])
        expect(await adjutant.workspace().as(viewer).teams()).toEqual(expect.any(Array));
    } finally {
      await adjutant.close();
    }
  });
});

function agentOf(viewer: Viewer): Viewer {
  const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
  return { kind: 'agent', name: 'mcp', sponsorPersonId };
}
