/**
 * `@org/sysmon/config`: Sysmon configurations, XML and YAML: read, check, convert, compile, print.
 *
 * @module config
 */
export { compile, CompiledRules, type Reason, type Verdict } from './evaluate.js';
export { compilePlan, type Compatibility } from './compile.js';
export { ConfigError, type Diagnostic, type Position } from './findings.js';
export type { RuleEvent } from './rule-fields.js';
export type * from './model.js';
export { hashAlgorithms, optionsOf, type ConfigOptions, type HashAlgorithm } from './config-options.js';
export { isConfigText, loadConfig, parseConfig, type ParseOptions } from './parse.js';
export { readConfigFile, readStarter } from './starter.js';
export { checkConfig, type CheckOptions } from './check-config.js';
export { explain, type ExplainedRule } from './explain.js';
export { convert } from './convert.js';
export { dump } from './dump.js';
export { warningsOf } from './start-warnings.js';
