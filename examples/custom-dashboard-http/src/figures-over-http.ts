import { aiAdoptionSchema, metricValueSchema, windowSchema } from '@adjutant/core/domain';
import type { Figures } from '@adjutant/example-custom-dashboard';
import { z } from 'zod';

const metaSchema = z.object({
  asOf: z.number(),
  syncedAt: z.number().nullable(),
  gaps: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      source: z.string(),
      scope: z.string(),
      affectedCount: z.number().nullable(),
    }),
  ),
});
const answers = {
  overview: z.object({
    repositories: z.array(z.object({ name: z.string() })),
    window: windowSchema,
    meta: metaSchema,
  }),
  metric: metricValueSchema.extend({
    citationId: z.string(),
    title: z.string(),
    definition: z.string(),
    meta: metaSchema,
  }),
  rows: z.object({
    items: z.array(z.object({ key: z.string(), title: z.string() })),
    total: z.number(),
  }),
  adoption: aiAdoptionSchema.extend({ gaps: z.array(z.string()), meta: metaSchema }),
};

/** Returns the figures of a gateway, for whomever the token stands for. */
export function figuresOverHttp(origin: string, token: string): Figures {
  async function read<Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const url = new URL(`/v1/${path}?${new URLSearchParams(query).toString()}`, origin);
    // A token is shown to the host that it was made for, and to none that this one names.
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, redirect: 'error' });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${response.status} of ${path}: ${JSON.stringify(body)}`);
    return schema.parse(body);
  }
  return {
    overview: () => read('overview', answers.overview),
    metric: ({ metricId, window, timeZone = 'UTC' }) => {
      const days = window && { from: dayOf(window.from, timeZone), to: dayOf(window.to, timeZone) };
      const query = days && { ...days, timeZone };
      return read(`metrics/${metricId}`, answers.metric, query);
    },
    explainMetric: ({ metricId, limit }) =>
      read(`metrics/${metricId}/explain`, answers.rows, { limit: String(limit) }),
    aiImpact: { adoption: () => read('ai-impact/adoption', answers.adoption) },
  };
}

/** The API is asked for days where the SDK is asked for instants: a week begins and ends with a day. */
function dayOf(instant: number, timeZone: string): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  // Swedish dates are ISO dates.
  return new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone }).format(instant);
}
