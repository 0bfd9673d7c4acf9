# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks as tests need them: small ones are written, those of the program are changed cell by cell."""
import re
import zipfile
from xml.sax.saxutils import escape

TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/xl/workbook.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
         '<Override PartName="/xl/worksheets/sheet1.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?>'
             '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
             '</Relationships>')
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Trang1" sheetId="1" r:id="r1"/></sheets></workbook>')


def cell(address, text):
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def write(path, rows):
    """Writes rows of texts as the one sheet of a new workbook."""
    lines = "".join(f'<row r="{number}">'
                    + "".join(cell(f"{chr(65 + column)}{number}", text) for column, text in enumerate(row)) + "</row>"
                    for number, row in enumerate(rows, 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", TYPES)
        out.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        out.writestr("xl/workbook.xml", BOOK)
        out.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"))
        out.writestr("xl/worksheets/sheet1.xml",
                     f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>')


def parts(path):
    """The files of a workbook by name."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def save(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)


def put(sheet, address, content):
    """Gives a sheet's XML with another cell: a text, or XML that begins with "<"."""
    new = content if content.startswith("<") else cell(address, content)
    changed, n = re.subn(rf'<c r="{address}"[^>]*?(/>|>.*?</c>)', lambda _: new, sheet, count=1, flags=re.DOTALL)
    assert n == 1, address
    return changed


def texts(files, sheet):
    """The texts of a sheet's cells by address."""
    unescape = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}

    def plain(xml):
        text = "".join(re.findall(r"<t(?: [^>]*)?>(.*?)</t>", xml, re.DOTALL))
        return re.sub("|".join(unescape), lambda found: unescape[found[0]], text)

    shared = [plain(item) for item in re.findall(r"<si>(.*?)</si>", files["xl/sharedStrings.xml"].decode(), re.DOTALL)]
    found = {}
    for address, kind, inner in re.findall(r'<c r="([A-Z]+[0-9]+)"([^>/]*)>(.*?)</c>', files[sheet].decode(), re.DOTALL):
        value = re.search(r"<v>(.*?)</v>", inner)
        if 't="s"' in kind:
            found[address] = shared[int(value[1])]
        else:
            found[address] = plain(inner) if "<is>" in inner else value[1] if value else ""
    return found


def column(address):
    return address.rstrip("0123456789")
