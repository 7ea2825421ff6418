import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import type { WorkflowJobPayload } from '../map/delivery-payload.ts';
import { workflowJobOfRest } from '../rest/payload-of-rest.ts';
import { restWorkflowJobSchema } from '../rest/rest-shapes.ts';

const pageLength = 100;
/** More jobs than any matrix of one run may have (256), for a few attempts. */
const mostPages = 10;

const pageSchema = z.object({ jobs: z.array(z.unknown()) });

export interface RunJobs {
  jobs: WorkflowJobPayload[];
  /** False where there are more than are read, or some in a form that nobody knows. */
  isWhole: boolean;
}

/**
 * Returns the jobs of a run in all its attempts; null where GitHub does not show them, or in a form
 * that nobody knows.
 */
export async function readWorkflowJobs(
  client: Pick<GithubClient, 'get'>,
  fullName: string,
  runId: string,
): Promise<RunJobs | null> {
  const jobs: WorkflowJobPayload[] = [];
  let isWhole = true;
  const path = `/repos/${fullName}/actions/runs/${runId}/jobs`;
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { filter: 'all', per_page: pageLength, page };
    const answer = await client.get(path, query).catch((error: unknown) => {
      // Removed meanwhile.
      if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
      throw error;
    });
    const read = pageSchema.safeParse(answer?.data);
    if (!read.success) return null;
    for (const value of read.data.jobs) {
      const job = restWorkflowJobSchema.safeParse(value);
      if (job.success) jobs.push(workflowJobOfRest(job.data));
      else isWhole = false;
    }
    if (read.data.jobs.length < pageLength) return { jobs, isWhole };
  }
  return { jobs, isWhole: false };
}
