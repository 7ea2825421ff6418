import { describe, expect, it } from 'vitest';
import { began, hourMs, incidentCourse, nearDeployment } from '../testing/incident-course.ts';
import { suspectDeployments } from './suspect-deployments.ts';

const request = (sizeLines: number | null) => ({
  id: 'request-7',
  key: 'shop#7',
  title: 'Pay by card',
  mergedAt: began - 3 * hourMs,
  sizeLines,
  isRevert: false,
});

describe('suspect deployments', () => {
  it('name what the source of the incident names first, whenever that was', () => {
    const suspects = suspectDeployments(
      incidentCourse({
        deployments: [
          nearDeployment({ id: 'near', finishedAt: began - hourMs / 2 }),
          nearDeployment({ id: 'named', isNamed: true, finishedAt: began - 60 * hourMs }),
        ],
      }),
    );
    expect(suspects.map(({ id }) => id)).toEqual(['named', 'near']);
    expect(suspects[0]?.reasons[0]).toBe('the source of the incident names it');
    expect(suspects[0]?.evidence).toEqual(['named', 'incident-1']);
  });

  it('have as reasons the service, the time, the size, what followed and the quiet before', () => {
    const previous = nearDeployment({ id: 'before', finishedAt: began - 30 * 24 * hourMs });
    const [suspect] = suspectDeployments(
      incidentCourse({
        deployments: [
          nearDeployment({ previous, previousAt: previous.finishedAt, requests: [request(1_200)] }),
          nearDeployment({ id: 'mend', kind: 'hotfix', finishedAt: began + hourMs }),
        ],
      }),
    );
    expect(suspect).toMatchObject({
      name: 'SHOP1 to production',
      reasons: [
        'it is of the same service',
        'it ended 2 hours before',
        'a hotfix of the same place followed the incident',
        'it changed 1,200 lines at least',
        'it was the first there in 29 days',
      ],
      evidence: ['deployment-1', 'request-7', 'mend', 'before'],
    });
  });

  it('are none that ended after it, failed, reached nobody or are of another service', () => {
    const deployments = [
      nearDeployment({ id: 'after', finishedAt: began + 1 }),
      nearDeployment({ id: 'failed', result: 'failure' }),
      nearDeployment({ id: 'staging', isProduction: false, environment: 'staging' }),
      nearDeployment({ id: 'other', isOfService: false, serviceKey: 'BLOG1' }),
    ];
    expect(suspectDeployments(incidentCourse({ deployments }))).toEqual([]);
  });

  it('are none of an incident from outside', () => {
    const course = incidentCourse({
      incident: { isExternal: true },
      deployments: [nearDeployment({ isNamed: true })],
    });
    expect(suspectDeployments(course)).toEqual([]);
  });

  it('say nothing of a size that is not known', () => {
    const [suspect] = suspectDeployments(
      incidentCourse({ deployments: [nearDeployment({ requests: [request(null)] })] }),
    );
    expect(suspect?.reasons.join()).not.toMatch(/line/);
  });

  it('are the same in whatever order they are told', () => {
    const deployments = ['b', 'a', 'c'].map((id) => nearDeployment({ id }));
    const ids = (list: typeof deployments): string[] =>
      suspectDeployments(incidentCourse({ deployments: list })).map(({ id }) => id);
    expect(ids(deployments)).toEqual(['a', 'b', 'c']);
    expect(ids(deployments.toReversed())).toEqual(['a', 'b', 'c']);
  });
});
