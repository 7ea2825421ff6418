import type { Scope } from '@adjutant/core';
import { describe, expect, it } from 'vitest';
import { environmentName } from './environment-name.ts';
import { mapDeployment, mapRelease, mapWorkflowRun } from './map-delivery.ts';

const scope: Scope = { externalId: '77', name: 'acme/widgets', detail: {} };
const config = { baseUrl: 'https://api.github.com', productionEnvironments: undefined };
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`;
const instant = (minute: number) => Date.UTC(2026, 2, 1, 10, minute);

function deploymentOf(statuses: [string, number][], state: string | null = null) {
  const rows = mapDeployment(
    {
      id: '1',
      environment: 'production',
      sha: 'abc',
      creator: null,
      createdAt: at(0),
      state,
      statuses: statuses.map(([word, minute]) => ({ state: word, at: at(minute) })),
    },
    scope,
    config,
  );
  const { result, finishedAt, startedAt, originalResult } = rows.deployments?.[0] ?? {};
  return { result, finishedAt, startedAt, originalResult };
}

describe('mapDeployment', () => {
  it('ends at the first success, whatever made it inactive later', () => {
    const statuses: [string, number][] = [
      ['INACTIVE', 50],
      ['SUCCESS', 5],
      ['IN_PROGRESS', 2],
    ];
    expect(deploymentOf(statuses)).toEqual({
      result: 'success',
      originalResult: 'success',
      startedAt: instant(2),
      finishedAt: instant(5),
    });
  });

  it('is a failure where it never succeeded, and a success where it was tried again', () => {
    expect(deploymentOf([['ERROR', 3]])).toMatchObject({
      result: 'failure',
      finishedAt: instant(3),
    });
    expect(
      deploymentOf([
        ['FAILURE', 3],
        ['SUCCESS', 6],
      ]),
    ).toMatchObject({
      result: 'success',
      finishedAt: instant(6),
    });
  });

  it('runs until a status settles it', () => {
    expect(deploymentOf([['QUEUED', 1]])).toMatchObject({ result: 'running', finishedAt: null });
    expect(deploymentOf([])).toMatchObject({ result: 'running', finishedAt: null });
  });

  it('knows that what is inactive was active, but not since when', () => {
    expect(deploymentOf([], 'INACTIVE')).toMatchObject({ result: 'success', finishedAt: null });
    expect(deploymentOf([], 'ABANDONED')).toMatchObject({ result: 'failure', finishedAt: null });
  });
});

describe('mapWorkflowRun', () => {
  const run = (conclusion: string | null, deploys: boolean, event = 'push') =>
    mapWorkflowRun(
      {
        id: '9',
        name: 'Deploy',
        sha: 'abc',
        event,
        status: conclusion === null ? 'in_progress' : 'completed',
        conclusion,
        actor: null,
        createdAt: at(0),
        startedAt: at(1),
        updatedAt: at(9),
        environment: 'production',
        deploys,
      },
      scope,
      config,
    );

  it.each([
    ['success', 'success', 1],
    ['startup_failure', 'failure', 1],
    ['cancelled', 'cancelled', 0],
    ['neutral', null, 0],
    [null, 'running', 1],
  ])('%s is %s and makes %i deployments', (conclusion, result, deployments) => {
    const rows = run(conclusion, true);
    expect(rows.pipelineRuns?.[0]?.result).toBe(result);
    expect(rows.deployments ?? []).toHaveLength(deployments);
    expect(run(conclusion, false).deployments ?? []).toHaveLength(0);
  });

  it.each(['pull_request', 'pull_request_target', 'merge_group'])(
    'for %s is a run and no deployment: nothing is merged yet',
    (event) => {
      const rows = run('success', true, event);
      expect(rows.pipelineRuns).toHaveLength(1);
      expect(rows.deployments).toBeUndefined();
    },
  );

  it('has no end before it is over', () => {
    expect(run(null, true).pipelineRuns?.[0]?.finishedAt).toBeNull();
    expect(run('failure', true).deployments?.[0]?.finishedAt).toBe(instant(9));
  });
});

describe('mapRelease', () => {
  const release = { id: '3', tag: 'v1', sha: 'abc', author: null, createdAt: at(0) };

  it('gives no row for a draft, nor for a tag without a commit', () => {
    expect(mapRelease({ ...release, isDraft: true }, scope, config)).toEqual({});
    expect(
      mapRelease({ ...release, sha: null, publishedAt: at(1) }, scope, config).releases,
    ).toBeUndefined();
  });

  it('is a deployment only where releases are what is deployed, and never before it is final', () => {
    const published = { ...release, name: '  ', publishedAt: at(2) };
    expect(mapRelease(published, scope, config)).toMatchObject({
      releases: [{ name: 'v1', releasedAt: instant(2) }],
    });
    expect(mapRelease(published, scope, config).deployments).toBeUndefined();
    const deployed = mapRelease({ ...published, deploys: true }, scope, config);
    expect(deployed.deployments).toMatchObject([{ origin: 'release', result: 'success' }]);
    const early = mapRelease({ ...published, deploys: true, isPrerelease: true }, scope, config);
    expect(early.deployments).toBeUndefined();
  });
});

describe('environmentName', () => {
  it('reads as production exactly where the configuration says so', () => {
    const productionEnvironments = ['eu-west', 'Production'];
    const named = (name: string | null) => environmentName(name, { productionEnvironments });
    expect(named('EU-West')).toBe('production/EU-West');
    expect(named('production')).toBe('production');
    expect(named('prod-test')).toBe('other/prod-test');
    expect(named('staging')).toBe('staging');
    expect(environmentName('prod-test', { productionEnvironments: undefined })).toBe('prod-test');
    expect(environmentName(null, { productionEnvironments: undefined })).toBe('unnamed');
  });
});
