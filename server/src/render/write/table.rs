//! Tables as HTML: in a wrapper that scrolls and can be reached by keyboard, heads marked as such.

use super::Writer;
use crate::render::tree::{Align, Block, Kind, Role};

impl Writer<'_, '_> {
    /// The tags before what a table, a row or a cell holds.
    pub(super) fn open_table_part(&mut self, block: &Block<'_>) {
        match block.kind {
            Kind::Table(_) => {
                self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">");
                self.tag("table", "", block);
            }
            Kind::FrontMatter => {
                self.out.push_str("<div class=\"table front-matter\" tabindex=\"0\" role=\"group\" aria-label=\"Front matter\">");
                self.tag("table", "", block);
                self.out.push_str("<tbody>");
            }
            Kind::Row(Role::Column) => {
                self.out.push_str("<thead>");
                self.tag("tr", "", block);
            }
            Kind::Row(_) => self.tag("tr", "", block),
            Kind::Cell(role, align) => {
                let class = match align {
                    Align::None => "",
                    Align::Left => " class=\"left\"",
                    Align::Centre => " class=\"centre\"",
                    Align::Right => " class=\"right\"",
                };
                self.tag(cell(block), &format!("{}{class}", scope(role, block)), block);
            }
            _ => {}
        }
    }
}

/// The tags behind.
pub fn close(block: &Block<'_>) -> &'static str {
    match block.kind {
        Kind::Table(_) | Kind::FrontMatter => "</tbody></table></div>",
        Kind::Row(Role::Column) => "</tr></thead><tbody>",
        Kind::Row(_) => "</tr>",
        _ if cell(block) == "th" => "</th>",
        _ => "</td>",
    }
}

/// A head that says nothing is no head: screen readers would announce it with every cell.
fn cell(block: &Block<'_>) -> &'static str {
    match block.kind {
        Kind::Cell(Role::Column | Role::Row, _) if !block.runs.is_empty() => "th",
        _ => "td",
    }
}

fn scope(role: Role, block: &Block<'_>) -> &'static str {
    match role {
        _ if cell(block) == "td" => "",
        Role::Column => " scope=\"col\"",
        Role::Row => " scope=\"row\"",
        Role::Data => "",
    }
}
