/** @packageDocumentation Serializers: an event in, one document out. */
export { cutText, fieldCutter, parseFieldSizes, type FieldSizes } from './field-sizes.js';
export { createJson, json } from './json.js';
export { createText, text, visible, type TextOptions } from './text.js';
export { containerOf, isLoss, type Container, type Serializable, type Serializer, type SerializerOptions } from './types.js';
export { createXml, xml, type XmlOptions } from './xml.js';
