-- What both engines need done to the text itself: tables, signs and passages. Runs inside Quarto and inside the
-- embedded engine, as each report's `filters` say.

local is_rtl = false

local function read_direction(meta)
  is_rtl = meta.dir ~= nil and pandoc.utils.stringify(meta.dir) == 'rtl'
end

-- What the paper's fonts can print: Amiri's characters, and the signs of the fonts that Typst brings along. PDF/UA
-- refuses a whole document for one character without a glyph, such as an emoji in an article.
local PRINTABLE = {
  { 0x20, 0x7E }, { 0xA0, 0x17F }, { 0x300, 0x308 }, { 0x391, 0x3A1 }, { 0x3A3, 0x3A9 }, { 0x3B1, 0x3C9 },
  { 0x410, 0x44F }, { 0x600, 0x604 }, { 0x606, 0x6FF }, { 0x750, 0x77F }, { 0x8E4, 0x8FE }, { 0x1E80, 0x1E85 },
  { 0x2000, 0x2015 }, { 0x2018, 0x2022 }, { 0x2024, 0x2024 }, { 0x2026, 0x2026 }, { 0x202F, 0x2030 },
  { 0x2032, 0x2033 }, { 0x2039, 0x203A }, { 0x2060, 0x2064 }, { 0x2066, 0x2069 }, { 0x20AC, 0x20AC },
  { 0x2190, 0x2193 }, { 0x2212, 0x2213 }, { 0x2248, 0x2248 }, { 0x2260, 0x2260 }, { 0x2264, 0x2265 },
  { 0x25A0, 0x25FF }, { 0xFB50, 0xFBC1 }, { 0xFBD3, 0xFD3F }, { 0xFD50, 0xFD8F }, { 0xFD92, 0xFDC7 },
  { 0xFDF0, 0xFDFD }, { 0xFE70, 0xFE72 }, { 0xFE74, 0xFE74 }, { 0xFE76, 0xFEFC }, { 0xFFFD, 0xFFFD },
}

local function is_printable(code)
  for _, range in ipairs(PRINTABLE) do
    if code >= range[1] and code <= range[2] then return true end
  end
  return false
end

local function printable(text)
  if not text:find('[\xC4-\xFF]') then return text end
  return (text:gsub(utf8.charpattern, function(character)
    if not is_printable(utf8.codepoint(character)) then return '\u{FFFD}' end
  end))
end

-- A passage reaches Typst as a string literal, never as markup.
local function typst_string(text)
  return (text:gsub('[%c"\\]', function(character)
    return character:match('["\\]') and '\\' .. character or string.format('\\u{%x}', character:byte())
  end))
end

local function typst_passage(element)
  local label = element.identifier ~= '' and '<' .. element.identifier .. '>' or ''
  return '[#passage("' .. typst_string(pandoc.utils.stringify(element)) .. '")' .. label .. ']'
end

local function is_passage(element)
  return element.classes:includes('passage')
end

-- A row with nothing but its first cell is a heading of the rows under it, and as wide as they are.
local function is_heading(row)
  for n = 2, #row.cells do
    if pandoc.utils.stringify(row.cells[n].contents) ~= '' then return false end
  end
  return #row.cells >= 3 and pandoc.utils.stringify(row.cells[1].contents) ~= ''
end

local function span_heading(row)
  row.cells[1].col_span = #row.cells
  row.cells = { row.cells[1] }
end

-- On paper a heading is part of the row under it, so that no page ends with it: Typst keeps no two rows together, and
-- PDF/UA-1 knows no headings inside a table. The other cells of that row leave its line free.
local function join_heading(row, heading)
  for n, cell in ipairs(row.cells) do
    cell.contents:insert(1, pandoc.RawBlock('typst', n == 1 and '#group-name[' or '#under-group'))
    if n == 1 then
      local name = heading.cells[1].contents
      for k, block in ipairs(name) do cell.contents:insert(1 + k, block) end
      cell.contents:insert(2 + #name, pandoc.RawBlock('typst', ']'))
    end
  end
end

local function settle_headings(body)
  local rows, heading = pandoc.List({}), nil
  for _, row in ipairs(body.body) do
    local starts_group = is_heading(row)
    if heading and not starts_group then
      join_heading(row, heading)
      heading = nil
    elseif heading then
      span_heading(heading)
      rows:insert(heading)
      heading = nil
    end
    if not starts_group then
      rows:insert(row)
    elseif FORMAT:match('typst') then
      heading = row
    else
      span_heading(row)
      rows:insert(row)
    end
  end
  if heading then rows:insert(heading) end
  body.body = rows
end

-- The share of the line that a letter of a name takes, and the least and the most that names may take.
local MANY_COLUMNS, LETTER, LEAST, MOST = 7, 0.008, 0.14, 0.26

local function share_of_names(tbl)
  local longest = 0
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local text = pandoc.utils.stringify(row.cells[1].contents)
      if not is_heading(row) then longest = math.max(longest, utf8.len(text) or #text) end
    end
  end
  return math.min(MOST, math.max(LEAST, longest * LETTER))
end

-- Sizes from the dashes of a pipe table mean nothing; `:---` is the start of the line in either direction and `---:`
-- its end, which is the left one in Arabic.
local function settle_columns(tbl)
  tbl.colspecs = tbl.colspecs:map(function(spec)
    local align = spec[1]
    if align == 'AlignLeft' then align = 'AlignDefault' end
    if align == 'AlignRight' and is_rtl then align = 'AlignLeft' end
    return { align, nil }
  end)
  local share = share_of_names(tbl)
  local bodies = tbl.bodies
  for _, body in ipairs(bodies) do settle_headings(body) end
  tbl.bodies = bodies
  -- Beside many columns of figures the names in the first would be squeezed to a word a line.
  if FORMAT:match('typst') and #tbl.colspecs >= MANY_COLUMNS then
    tbl.colspecs[1] = { tbl.colspecs[1][1], share }
  end
  return tbl
end

-- On paper a passage that opens a line of a list has the line to itself; the page's style sheet does the same.
local function break_after_passage(block)
  local first, second = block.content[1], block.content[2]
  if not FORMAT:match('typst') or not second or first.t ~= 'Span' or not is_passage(first) then return nil end
  if second.t == 'Space' or second.t == 'SoftBreak' then block.content[2] = pandoc.LineBreak() end
  return block
end

-- A sign before a number lands on the wrong side of it in a line that runs from right to left.
local function settle_word(str)
  local text = FORMAT:match('typst') and printable(str.text) or str.text
  if is_rtl and (text:match('^[-+]%d') or text:match('^\u{2212}%d')) then
    text = '\u{2066}' .. text .. '\u{2069}'
  end
  return text ~= str.text and pandoc.Str(text) or nil
end

-- A line ends before the dot between two facts, not after it, and not between a step's number and its name.
local FIXED = '\u{a0}'

local function bind_to_dot(inlines)
  local is_bound = false
  for n, inline in ipairs(inlines) do
    local is_gap = inline.t == 'Space' or inline.t == 'SoftBreak'
    if is_gap and is_bound then inlines[n] = pandoc.Str(FIXED) end
    local is_dot = inline.t == 'Str' and inline.text == '·'
    local is_step = inline.t == 'Str' and is_bound and inline.text:gsub('[\x80-\xFF]', ''):match('^%+?%d$') ~= nil
    is_bound = is_dot or is_step or (is_gap and is_bound)
  end
  return inlines
end

-- Classes of divisions that the Typst theme has a function for.
local BLOCKS = pandoc.List({ 'statement', 'source', 'reading-key', 'findings' })

local function typst_block(text)
  return pandoc.RawBlock('typst', text)
end

-- On paper a statement stands in its sentence, as far as that is short: whole words, none of another sentence.
local MOST_CONTEXT = 70
local SENTENCE_ENDS = pandoc.List({ '.', '!', '\u{61F}', '\u{61B}' })

local function ends_sentence(word)
  return SENTENCE_ENDS:includes(word:match(utf8.charpattern .. '$'))
end

local function cut_before(text)
  local words, kept, length = pandoc.List({}), pandoc.List({}), 0
  for word in text:gmatch('%S+') do words:insert(word) end
  for n = #words, 1, -1 do
    length = length + utf8.len(words[n]) + 1
    if ends_sentence(words[n]) then return table.concat(kept, ' ') end
    if length > MOST_CONTEXT then return '\u{2026} ' .. table.concat(kept, ' ') end
    kept:insert(1, words[n])
  end
  return table.concat(kept, ' ')
end

local function cut_after(text)
  local kept, length = pandoc.List({}), 0
  for word in text:gmatch('%S+') do
    length = length + utf8.len(word) + 1
    if length > MOST_CONTEXT then return table.concat(kept, ' ') .. ' \u{2026}' end
    kept:insert(word)
    if ends_sentence(word) then break end
  end
  return table.concat(kept, ' ')
end

-- Letters that the article joins to the first or last word of a passage are set with it, so that they stay joined.
local ARABIC_LETTER = '[\xD8\xD9][\x80-\xBF]'

local function set_in_sentence(inlines)
  local parts, at = { '', '', '' }, 1
  for _, inline in ipairs(inlines) do
    local is_words = inline.t == 'Span' and is_passage(inline) and not inline.classes:includes('context')
    if is_words then at = 2 end
    parts[at] = parts[at] .. pandoc.utils.stringify(inline)
    if is_words then at = 3 end
  end
  local first, last = parts[1]:match('%S*$'), parts[3]:match('^%S*')
  if first:match('\xD8[\x8C\x9B\x9F]$') or not first:match(ARABIC_LETTER .. '$') then first = '' end
  if last:match('^\xD8[\x8C\x9B\x9F]') or not last:match('^' .. ARABIC_LETTER) then last = '' end
  local before, after = parts[1]:sub(1, #parts[1] - #first), parts[3]:sub(#last + 1)
  local texts = {
    cut_before(before) .. (before:match('%s$') and ' ' or ''),
    first .. parts[2] .. last,
    (after:match('^%s') and ' ' or '') .. cut_after(after),
  }
  for n, text in ipairs(texts) do texts[n] = '"' .. typst_string(text) .. '"' end
  return { pandoc.RawInline('typst', '#in-sentence(' .. table.concat(texts, ', ') .. ')') }
end

local function set_statement(div)
  if not FORMAT:match('typst') or not div.attributes['data-stance'] then return nil end
  div.content[2] = pandoc.Para(set_in_sentence(div.content[2].content))
  return div
end

-- A choice of statements on the page leads on paper to the head of the evidence, which says what is behind each finding.
local function lead_to_evidence(link)
  if not FORMAT:match('typst') or not link.target:match('^#evidence%?') then return nil end
  link.target = '#evidence'
  return link
end

-- The colour of a statement's step goes before its words; the passage is its second paragraph and runs from the right.
local function dress_statement(div)
  local stance = div.attributes['data-stance']
  if not stance then return div.content end
  local blocks = div.content:walk({
    Span = function(span)
      if not span.classes:includes('stance') then return nil end
      return { pandoc.RawInline('typst', '#step("' .. stance .. '")'), span }
    end,
  })
  blocks:insert(3, typst_block(']'))
  blocks:insert(2, typst_block('#quoted['))
  return blocks
end

-- Which statements each finding rests on: all that its links name, in the order of the evidence.
local function collect_findings(doc)
  local findings, anchors = pandoc.List({}), {}
  local function read_item(item)
    local numbers = pandoc.List({})
    pandoc.Div(item):walk({
      Link = function(link)
        local chosen = link.target:match('^#evidence%?n=([%d,]+)$')
        if chosen then numbers = pandoc.List({}) end
        for number in (chosen or ''):gmatch('%d+') do numbers:insert(number) end
        if not chosen and link.target:match('^#s%-') then numbers:insert(pandoc.utils.stringify(link)) end
      end,
    })
    findings:insert(numbers)
  end
  doc:walk({
    Div = function(div)
      if div.classes:includes('findings') then
        div:walk({ BulletList = function(list) for _, item in ipairs(list.content) do read_item(item) end end })
      elseif div.classes:includes('statement') then
        div:walk({
          Span = function(span)
            if span.classes:includes('number') then anchors[pandoc.utils.stringify(span)] = '#' .. div.identifier end
          end,
        })
      end
    end,
  })
  return findings, anchors
end

local BEHIND = { [false] = 'Statements behind each finding', [true] = 'التصريحات التي تستند إليها كل نتيجة' }

local function list_behind(doc)
  if not FORMAT:match('typst') then return nil end
  local findings, anchors = collect_findings(doc)
  if #findings == 0 then return nil end
  local items = findings:map(function(numbers)
    local item = pandoc.Inlines({})
    for n, number in ipairs(numbers) do
      if n > 1 then item:extend({ pandoc.Str(is_rtl and '،' or ','), pandoc.Space() }) end
      item:insert(anchors[number] and pandoc.Link(number, anchors[number]) or pandoc.Str(number))
    end
    return { pandoc.Plain(item) }
  end)
  local is_set = false
  return doc:walk({
    Blocks = function(blocks)
      local _, place = blocks:find_if(function(b) return b.t == 'Div' and b.classes:includes('source') end)
      if is_set or not place then return nil end
      is_set = true
      local made = { typst_block('#behind['), pandoc.Para({ pandoc.Strong(BEHIND[is_rtl] .. ':') }),
        pandoc.OrderedList(items), typst_block(']') }
      for n = #made, 1, -1 do blocks:insert(place, made[n]) end
      return blocks
    end,
  })
end

-- Two passages side by side: each child is a cell.
local function dress_passages(div)
  local is_short = utf8.len(pandoc.utils.stringify(div)) < 900
  local blocks = pandoc.Blocks({ typst_block('#passages(short: ' .. tostring(is_short) .. ', ') })
  for _, child in ipairs(div.content) do
    blocks:extend({ typst_block('['), child, typst_block('],') })
  end
  blocks:insert(typst_block(')'))
  return blocks
end

local function dress_division(div)
  if not FORMAT:match('typst') then return nil end
  if is_passage(div) then
    return pandoc.Plain({ pandoc.RawInline('typst', '#' .. typst_passage(div)) })
  end
  if div.classes:includes('passages') then return dress_passages(div) end
  local name = div.classes:find_if(function(class) return BLOCKS:includes(class) end)
  if not name then return nil end
  if name == 'findings' then div = div:walk({ BulletList = function(list) return pandoc.OrderedList(list.content) end }) end
  local is_short = name == 'statement' and utf8.len(pandoc.utils.stringify(div)) < 1500
  local blocks = pandoc.Blocks({ typst_block('#' .. name .. (is_short and '(short: true)[' or '[')) })
  blocks:extend(name == 'statement' and dress_statement(div) or div.content)
  blocks:insert(typst_block(']' .. (div.identifier ~= '' and ' <' .. div.identifier .. '>' or '')))
  return blocks
end

-- A long row of statements is set in two columns on paper.
local MANY_STATEMENTS = 6

local function is_entry(block)
  return block ~= nil and block.t == 'Div' and (block.classes:includes('statement') or block.classes:includes('source'))
end

local function set_in_columns(blocks)
  if not FORMAT:match('typst') then return nil end
  local made, position = pandoc.Blocks({}), 1
  while position <= #blocks do
    local last = position
    while is_entry(blocks[position]) and is_entry(blocks[last + 1]) do last = last + 1 end
    local is_long = last - position + 1 >= MANY_STATEMENTS
    if is_long then made:insert(typst_block('#evidence(')) end
    for n = position, last do
      local following = blocks[n + 1]
      local is_title = blocks[n].t == 'Para' and following and following.t == 'Div' and following.classes:includes('passages')
      if is_title then made:insert(typst_block('#block(sticky: true)[')) end
      local is_head = blocks[n].t == 'Div' and blocks[n].classes:includes('source')
      local is_under_head = n > position and blocks[n - 1].classes:includes('source')
      if is_long and not is_under_head then made:insert(typst_block('[')) end -- a head stays with what it is over
      made:insert(blocks[n])
      if is_long and not (is_head and n < last) then made:insert(typst_block('],')) end
      if is_title then made:insert(typst_block(']')) end
    end
    if is_long then made:insert(typst_block(')')) end
    position = last + 1
  end
  return made
end

-- Paper leaves out what only a screen has use for, and the words around a passage.
local function dress_span(span)
  if not FORMAT:match('typst') then return nil end
  if span.classes:includes('screen') or span.classes:includes('context') then return {} end
  if is_passage(span) then return pandoc.RawInline('typst', '#' .. typst_passage(span)) end
  if span.classes:includes('number') then return pandoc.Strong({ pandoc.Str(pandoc.utils.stringify(span)) }) end
end

-- The caption of a chart is its finding, what is measured and the source, each but the last ending in U+2063, which is
-- not seen. The page sets them apart: the finding over the chart, the source under it.
local PARTS = { 'finding', 'measured', 'source-line' }
local SEPARATOR = '\u{2063}'

local function split_caption(inlines)
  local parts, lead = { pandoc.Inlines({}) }, pandoc.Inlines({})
  for _, inline in ipairs(inlines) do
    if inline.t == 'Str' and inline.text:sub(-#SEPARATOR) == SEPARATOR then
      parts[#parts]:insert(pandoc.Str(inline.text:sub(1, -#SEPARATOR - 1)))
      parts[#parts + 1] = pandoc.Inlines({})
    elseif inline.t == 'Span' and inline.classes:includes('nowrap') then
      lead:insert(inline)
    elseif #parts[#parts] > 0 or inline.t ~= 'Space' then
      parts[#parts]:insert(inline)
    end
  end
  return parts, lead
end

local function dress_caption(inlines)
  local parts, made = split_caption(inlines)
  if #parts ~= #PARTS then return nil end
  for n, part in ipairs(parts) do
    if #made > 0 then made:insert(pandoc.Space()) end
    if FORMAT:match('typst') then
      made:insert(pandoc.RawInline('typst', '#' .. PARTS[n] .. '['))
      made:extend(part)
      made:insert(pandoc.RawInline('typst', ']'))
    else
      made:insert(pandoc.Span(part, { class = PARTS[n] }))
    end
  end
  return made
end

local function dress_inlines(inlines)
  local said = pandoc.utils.stringify(inlines)
  if said:find(SEPARATOR, 1, true) then return dress_caption(inlines) end
  if said:find('·', 1, true) then return bind_to_dot(inlines) end
end

-- Kerning leaves gaps in Arabic that some readers take for spaces, and then a search does not find the word. In English,
-- a full stop or a number with no letter beside it to tell its script by would get the lozenge of an Arabic sentence.
local function set_script(doc)
  if not FORMAT:match('typst') then return nil end
  doc.blocks:insert(1, typst_block(is_rtl and '#set text(kerning: false)' or '#set text(script: "latn")'))
  return doc
end

local function join_arabic(str)
  if is_rtl or not FORMAT:match('typst') or not str.text:find(ARABIC_LETTER) then return nil end
  return pandoc.RawInline('typst', '#arabic("' .. typst_string(str.text) .. '")')
end

return {
  { Meta = read_direction },
  { Inlines = dress_inlines },
  { Str = settle_word, Table = settle_columns },
  { Pandoc = list_behind },
  { Div = set_statement, Link = lead_to_evidence },
  { Blocks = set_in_columns, Para = break_after_passage, Plain = break_after_passage },
  { Span = dress_span, Div = dress_division },
  { Pandoc = set_script, Str = join_arabic },
}
