export { createSlackHandler, type SlackHandlerOptions } from './slack-handler.ts';
export { createWebhookHandler, type WebhookHandlerOptions } from './webhook-handler.ts';
export { createApprovalsPage } from './approvals-page.ts';
export { findLocalPage, type FoundPage } from './find-page.ts';
export { actionLink, pageLink } from './page-link.ts';
export type {
  ApprovalsPage,
  ApprovalsPageOptions,
  PageActions,
  PageViewer,
} from './page-options.ts';
export {
  defaultPagePort,
  type LocalPage,
  serveLocal,
  type ServeLocalOptions,
} from './serve-local.ts';
export {
  createGatewayMetrics,
  type GatewayMetrics,
  type GatewayMetricsOptions,
  type ObservedRequest,
  type ObservedWebhook,
} from './metrics/gateway-metrics.ts';
