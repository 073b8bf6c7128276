// Generated from lib/schema/events by `npm run generate`. Do not edit.
import * as bpfEvent from './bpf-event.js';
import * as dnsQuery from './dns-query.js';
import * as error from './error.js';
import * as failedExecution from './failed-execution.js';
import * as fileAttributeChange from './file-attribute-change.js';
import * as fileCreate from './file-create.js';
import * as fileCreateTime from './file-create-time.js';
import * as fileDelete from './file-delete.js';
import * as fileLink from './file-link.js';
import * as fileModify from './file-modify.js';
import * as fileOpen from './file-open.js';
import * as fileRename from './file-rename.js';
import * as imageLoad from './image-load.js';
import * as kernelParameter from './kernel-parameter.js';
import * as memoryProtect from './memory-protect.js';
import * as moduleLoad from './module-load.js';
import * as moduleUnload from './module-unload.js';
import * as mount from './mount.js';
import * as namespaceChange from './namespace-change.js';
import * as networkConnect from './network-connect.js';
import * as pipeEvent from './pipe-event.js';
import * as privilegeChange from './privilege-change.js';
import * as processAccess from './process-access.js';
import * as processCreate from './process-create.js';
import * as processRename from './process-rename.js';
import * as processTampering from './process-tampering.js';
import * as processTerminate from './process-terminate.js';
import * as rawAccessRead from './raw-access-read.js';
import * as rawSocket from './raw-socket.js';
import * as serviceConfigurationChange from './service-configuration-change.js';
import * as serviceStateChange from './service-state-change.js';
import * as signal from './signal.js';
import * as socketListen from './socket-listen.js';
import * as unixConnect from './unix-connect.js';

/** What each file exports is an event. */
export const files: readonly Readonly<Record<string, unknown>>[] = [
  bpfEvent,
  dnsQuery,
  error,
  failedExecution,
  fileAttributeChange,
  fileCreate,
  fileCreateTime,
  fileDelete,
  fileLink,
  fileModify,
  fileOpen,
  fileRename,
  imageLoad,
  kernelParameter,
  memoryProtect,
  moduleLoad,
  moduleUnload,
  mount,
  namespaceChange,
  networkConnect,
  pipeEvent,
  privilegeChange,
  processAccess,
  processCreate,
  processRename,
  processTampering,
  processTerminate,
  rawAccessRead,
  rawSocket,
  serviceConfigurationChange,
  serviceStateChange,
  signal,
  socketListen,
  unixConnect,
];
