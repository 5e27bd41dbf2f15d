import type { SyntaxNode } from './grammar.ts';

// Grammars of different languages name alike what is alike; where they do not, all names are here.

/** Its children are statements or members, one after another. */
export function isList({ type, parent }: SyntaxNode): boolean {
  return parent === null || lists.has(type);
}

/** Its first line is no statement. */
export const hasHead = ({ type }: SyntaxNode): boolean => /preproc|case|default|section/.test(type);

export const isComment = ({ type }: SyntaxNode): boolean => type.includes('comment');

/** Stands before what it belongs to. */
export function isLeading(node: SyntaxNode): boolean {
  return isComment(node) || /^(attribute_item|decorator|attribute_list|modifiers|annotation|php_tag)$/.test(node.type);
}

/** A declaration with a body of its own over several lines, or the assignment or call that holds one. */
export function isDefinition(node: SyntaxNode, text: string): boolean {
  const source = text.slice(node.startIndex, node.endIndex);
  if (!source.includes('\n')) return false;
  if (definition.test(node.type)) return hasBody(node, 4);
  return wrapper.test(node.type) && hasFunction(node, 6);
}

const definition =
  /function|method|class|interface|enum|struct|impl|trait|mod_item|module|namespace|constructor|destructor|record|union|type_declaration|rule_set|decorated|template_declaration|property_declaration|macro_definition|object_definition/;
const wrapper =
  /^(export_statement|lexical_declaration|variable_declaration|expression_statement|assignment|call|field_definition|public_field_definition|declaration|type_spec)$/;
const functions = /^(arrow_function|function_expression|function|func_literal|lambda|closure_expression|do_block)$/;

function hasBody(node: SyntaxNode, depth: number): boolean {
  return someChild(node, (child) => lists.has(child.type) || (depth > 0 && hasBody(child, depth - 1)));
}

function hasFunction(node: SyntaxNode, depth: number): boolean {
  return someChild(
    node,
    (child) => (functions.test(child.type) && hasBody(child, 1)) || (depth > 0 && hasFunction(child, depth - 1)),
  );
}

export function someChild(node: SyntaxNode, is: (child: SyntaxNode) => boolean): boolean {
  for (let index = 0; index < node.childCount; index++) {
    const child = node.child(index);
    if (child && is(child)) return true;
  }
  return false;
}

const lists = new Set([
  ...'class_body interface_body declaration_list field_declaration_list enum_body_declarations'.split(' '),
  ...'statement_block switch_body switch_case switch_default enum_body object_type class_static_block'.split(' '),
  ...'block statement_list import_spec_list expression_case communication_case default_case type_case'.split(' '),
  ...'constructor_body switch_block switch_block_statement_group annotation_type_body'.split(' '),
  ...'enum_variant_list match_block compound_statement enumerator_list case_statement'.split(' '),
  ...'preproc_if preproc_ifdef preproc_else preproc_elif preproc_elifdef'.split(' '),
  ...'switch_section enum_member_declaration_list accessor_list'.split(' '),
  ...'body_statement block_body do_block then else ensure begin do colon_block'.split(' '),
]);
