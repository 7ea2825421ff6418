import { createAdjutant } from '@adjutant/core';
import { expect, it } from 'vitest';
import { assistantHandle } from './assistant-handle.ts';
import { fakeWorkspace } from './testing/fake-workspace.ts';

const allowed = [
  ...['actions', 'compareMetric', 'explainCitation', 'explainMetric', 'findPeople', 'forTeam'],
  ...['forecast', 'getWork', 'identitySuggestions', 'incidents', 'knowledge', 'listMetrics'],
  ...['listWork', 'metric', 'overview', 'reports', 'repositories', 'requestRefresh', 'reviewers'],
  ...['signals', 'sprints', 'syncStatus', 'teams', 'timeZone', 'viewer', 'workspaceId'],
];

it('holds nothing of a real workspace but what an assistant may do, narrowed to a team as well', async () => {
  const adjutant = await createAdjutant({ store: ':memory:' });
  const workspace = adjutant.workspace().as(await adjutant.owner());
  const handle = assistantHandle(workspace);
  expect(Object.keys(handle).toSorted()).toEqual(allowed);
  expect(Object.keys(handle.forTeam('a')).toSorted()).toEqual(allowed);
  expect(Object.keys(handle.reports)).toEqual(['submit']);
  expect(Object.keys(workspace)).toContain('mergePeople');
  expect(Object.keys(workspace.actions)).toContain('decide');
  expect(Object.keys(handle.actions).toSorted()).toEqual([
    ...['await', 'get', 'list', 'noteElicitedAnswer', 'propose', 'withdraw', 'worker'],
  ]);
  expect(Object.keys(handle.signals)).toEqual(['list', 'rules', 'subjects']);
  expect(Object.keys(handle.incidents)).toEqual(['list', 'course']);
  expect(Object.keys(handle.reviewers)).toEqual(['suggest']);
  expect(Object.keys(handle.sprints)).toEqual(['list', 'report']);
  expect(Object.keys(handle.knowledge)).toEqual(['ask', 'search', 'whoKnows']);
  await adjutant.close();
});

it('fails every call once its caller has gone, and passes none on', async () => {
  const called: string[] = [];
  const gone = new AbortController();
  const workspace = fakeWorkspace({ onCall: (name) => called.push(name) });
  const handle = assistantHandle(workspace, gone.signal);
  await handle.listWork();
  gone.abort();
  await expect(handle.listWork()).rejects.toThrow(/abort/);
  await expect(handle.requestRefresh()).rejects.toThrow(/abort/);
  expect(() => handle.forTeam('a')).toThrow(/abort/);
  expect(called).toEqual(['listWork']);
});
