// Generated from lib/schema/events by `npm run generate`. Do not edit.
import * as dnsQuery from './dns-query.js';
import * as error from './error.js';
import * as fileCreate from './file-create.js';
import * as fileCreateTime from './file-create-time.js';
import * as fileDelete from './file-delete.js';
import * as fileModify from './file-modify.js';
import * as imageLoad from './image-load.js';
import * as namespaceChange from './namespace-change.js';
import * as networkConnect from './network-connect.js';
import * as pipeEvent from './pipe-event.js';
import * as privilegeChange from './privilege-change.js';
import * as processAccess from './process-access.js';
import * as processCreate from './process-create.js';
import * as processTampering from './process-tampering.js';
import * as processTerminate from './process-terminate.js';
import * as rawAccessRead from './raw-access-read.js';
import * as serviceConfigurationChange from './service-configuration-change.js';
import * as serviceStateChange from './service-state-change.js';

/** What each file exports is an event. */
export const files: readonly Readonly<Record<string, unknown>>[] = [
  dnsQuery,
  error,
  fileCreate,
  fileCreateTime,
  fileDelete,
  fileModify,
  imageLoad,
  namespaceChange,
  networkConnect,
  pipeEvent,
  privilegeChange,
  processAccess,
  processCreate,
  processTampering,
  processTerminate,
  rawAccessRead,
  serviceConfigurationChange,
  serviceStateChange,
];
