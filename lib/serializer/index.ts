/** @packageDocumentation Serializers: an event in, one document out. */
export { cutText, fieldCutter, parseFieldSizes, type FieldSizes } from './field-sizes.js';
export { createJson, json } from './json.js';
export { createText, text, visible, type TextOptions } from './text.js';
export { isLoss, type Serializable, type Serializer, type SerializerOptions } from './types.js';
