-- The embedded engine's reading of a report: the Quarto constructs that the two .qmd files use, and no others. A
-- construct that is not listed here, a missing output and an unresolved reference each stop the build with one line.

local function fail(message)
  error('MAWAQIF: ' .. message .. '\n', 0)
end

local METADATA = pandoc.List({
  'title', 'subtitle', 'author', 'date', 'date-format', 'lang', 'dir', 'language', 'description', 'keywords',
  'format', 'filters', 'font-paths', 'words', 'pagetitle',
})
local BLOCKS = pandoc.List({ 'Header', 'Para', 'Plain', 'BulletList', 'OrderedList', 'Table', 'Div' })
local INLINES = pandoc.List({
  'Str', 'Space', 'SoftBreak', 'LineBreak', 'Emph', 'Strong', 'Code', 'Link', 'Span', 'Cite', 'Quoted',
})
local CLASSES = pandoc.List({
  'findings', 'reading-key', 'unnumbered', 'passage', 'passages', 'side', 'callout-note',
  -- the evidence
  'source', 'statement', 'article', 'number', 'actor', 'camp', 'stance', 'modality', 'context', 'screen',
})
local ATTRIBUTES = pandoc.List({
  'lang', 'dir', 'title', 'collapse', 'icon', 'appearance',
  'data-actor', 'data-camp', 'data-stance', 'data-modality', 'data-document', 'data-from', 'data-to',
})

local floats = {}     -- by label: kind, caption, alternative text, picture
local references = {} -- by label: the words that point to it
local words = {}      -- Quarto's own keys to the report's language

-- 1. Outputs ------------------------------------------------------------------------------------------------------

local notebooks = {}

local function read_notebook(path)
  if not notebooks[path] then
    local file = io.open(path, 'r')
    if not file then fail('there is no ' .. path) end
    notebooks[path] = pandoc.json.decode(file:read('a'), false)
    file:close()
  end
  return notebooks[path]
end

local function read_options(source)
  local options = {}
  for line in source:gmatch('[^\n]+') do
    local name, value = line:match('^#| ([%w-]+): (.+)$')
    if name then options[name] = pandoc.json.decode(value, false) end
  end
  return options
end

local function find_output(path, label)
  for _, cell in ipairs(read_notebook(path).cells) do
    local options = read_options(cell.source)
    if options.label == label then return options, cell.outputs[1].data end
  end
  fail(path .. ' has no output labelled ' .. label)
end

-- Read from the source and not from the words of the text, where an article may say the same in all innocence.
local function refuse_shortcodes(source)
  if source:find('{{<', 1, true) then fail('a shortcode other than embed on its own line is not supported') end
end

local function read_output(markdown)
  refuse_shortcodes(markdown)
  return pandoc.read(markdown, 'markdown').blocks
end

local function embed(target)
  local path, label = target:match('^(%S+%.ipynb)#([%w-]+)$')
  if not path then fail('cannot embed ' .. target) end
  local options, data = find_output(path, label)
  local kind = label:match('^(%a+)-')
  if kind ~= 'fig' and kind ~= 'tbl' then
    return pandoc.Div(read_output(data['text/markdown']), pandoc.Attr(label))
  end
  if floats[label] then fail(label .. ' is embedded twice') end
  floats[label] = {
    kind = kind,
    caption = read_output(options[kind .. '-cap'])[1].content,
    alt = options['fig-alt'],
    picture = data['image/svg+xml'],
  }
  local blocks = data['text/markdown'] and read_output(data['text/markdown']) or {}
  return pandoc.Div(blocks, pandoc.Attr(label, { 'float' }))
end

local function expand_embed(para)
  local text = pandoc.utils.stringify(para)
  local target = text:match('^{{< embed (%S+) >}}$')
  if target then return embed(target) end
  refuse_shortcodes(text)
end

-- 2. Nothing that is not known ------------------------------------------------------------------------------------

local function check_metadata(meta)
  for name in pairs(meta) do
    if not METADATA:includes(name) then fail('the metadata key ' .. name .. ' is not supported') end
  end
end

local function check_classes(element)
  for _, class in ipairs(element.classes) do
    if class ~= 'float' and not CLASSES:includes(class) then fail('the class ' .. class .. ' is not supported') end
  end
  for name in pairs(element.attributes) do
    if not ATTRIBUTES:includes(name) then fail('the attribute ' .. name .. ' is not supported') end
  end
end

-- A callout is only a table or a list behind a toggle: closed, with its title as an attribute, so that no heading of it
-- is counted.
local function check_callout(div)
  if not div.classes:includes('callout-note') then return end
  if div.attributes.collapse ~= 'true' then fail('a callout that is not collapsed is not supported') end
  if not div.attributes.title then fail('a callout without the attribute title is not supported') end
  div:walk({ Header = function() fail('a heading in a callout is not supported') end })
end

local function check_block(block)
  if not BLOCKS:includes(block.t) then fail(block.t .. ' is not supported') end
  if block.t == 'Div' or block.t == 'Header' then check_classes(block) end
  if block.t == 'Div' then check_callout(block) end
end

local function check_inline(inline)
  if not INLINES:includes(inline.t) then fail(inline.t .. ' is not supported') end
  if inline.t == 'Span' then check_classes(inline) end
end

-- 3. Numbers and references ---------------------------------------------------------------------------------------

local function number_floats(doc)
  local counts = { fig = 0, tbl = 0 }
  doc:walk({
    Div = function(div)
      local float = floats[div.identifier]
      if float and div.classes:includes('float') then
        counts[float.kind] = counts[float.kind] + 1
        float.number = counts[float.kind]
        float.name = words['crossref-' .. float.kind .. '-title'] .. '\u{a0}' .. float.number
        references[div.identifier] = words['crossref-' .. float.kind .. '-prefix'] .. '\u{a0}' .. float.number
      end
    end,
  })
end

local function number_sections(doc)
  local counts = {}
  doc:walk({
    Header = function(header)
      if header.classes:includes('unnumbered') then return end
      for level = 1, header.level do counts[level] = counts[level] or 0 end
      counts[header.level] = counts[header.level] + 1
      for level = header.level + 1, #counts do counts[level] = nil end
      references[header.identifier] = words['crossref-sec-prefix'] .. '\u{a0}' .. table.concat(counts, '.')
    end,
  })
end

local function resolve_reference(cite)
  local links = pandoc.Inlines({})
  for _, citation in ipairs(cite.citations) do
    local label = citation.id
    if not label:match('^fig%-') and not label:match('^tbl%-') and not label:match('^sec%-') then
      fail('@' .. label .. ' is not a reference to a figure, table or section')
    end
    if not references[label] then fail('@' .. label .. ' refers to nothing') end
    if #links > 0 then links:extend({ pandoc.Str(words['list-separator']), pandoc.Space() }) end
    links:insert(pandoc.Link({ pandoc.Str(references[label]) }, '#' .. label, '', { class = 'reference' }))
  end
  return links
end

local function check_targets(doc)
  local targets = {}
  local function note(element)
    local id = element.identifier
    if id ~= '' and targets[id] then fail('two places are called ' .. id) end
    targets[id] = true
  end
  doc:walk({ Div = note, Span = note, Header = note })
  doc:walk({
    Link = function(link)
      local id = link.target:match('^#([^?]+)') -- what follows a question mark is a choice of statements
      if id and not targets[id] then fail('a link to ' .. id .. ' leads nowhere') end
      if not id and not link.target:match('^https?://') then fail('a link to ' .. link.target .. ' is not supported') end
    end,
  })
end

-- 4. Figures and tables in each format ----------------------------------------------------------------------------

local function escape_html(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function escape_typst(text)
  return (text:gsub('[\\"]', '\\%0'))
end

local function full_caption(float)
  local inlines = pandoc.Inlines({ pandoc.Span({ pandoc.Str(float.name .. ':') }, { class = 'nowrap' }), pandoc.Space() })
  inlines:extend(float.caption)
  return inlines
end

local function html_float(div, float)
  local caption = pandoc.Plain(full_caption(float))
  local blocks = pandoc.Blocks({})
  local function raw(text) blocks:insert(pandoc.RawBlock('html', text)) end
  raw('<figure id="' .. div.identifier .. '" class="float float-' .. float.kind .. '">')
  if float.picture then
    raw('<figcaption>')
    blocks:insert(caption)
    raw('</figcaption>')
    raw('<div class="picture" role="img" aria-label="' .. escape_html(float.alt) .. '">' .. float.picture .. '</div>')
  else
    raw('<figcaption id="' .. div.identifier .. '-caption">')
    blocks:insert(caption)
    raw('</figcaption><div class="wide" tabindex="0" role="region" aria-labelledby="' .. div.identifier .. '-caption">')
    blocks:extend(div.content)
    raw('</div>')
  end
  raw('</figure>')
  return blocks
end

-- Rows of a table that still goes on one page with the text around it.
local SHORT_TABLE = 14

local function is_short(blocks)
  local rows = 0
  blocks:walk({ Table = function(tbl)
    for _, body in ipairs(tbl.bodies) do rows = rows + #body.body end
  end })
  return rows <= SHORT_TABLE
end

-- Typst counts figures and tables itself; the caption is given as inlines, so that its words are escaped by the writer.
local function typst_float(div, float)
  local blocks = pandoc.Blocks({})
  local function raw(text) blocks:insert(pandoc.RawBlock('typst', text)) end
  local function line(inlines) blocks:insert(pandoc.Plain(inlines)) end
  local name = escape_typst(words['crossref-' .. float.kind .. '-title'])
  if float.picture then
    raw('#chart("' .. name .. '", [')
    line(float.caption)
    raw('], bytes("' .. escape_typst(float.picture) .. '"), alt: "' .. escape_typst(float.alt)
      .. '", "' .. div.identifier .. '")')
    return blocks
  end
  raw('#numbered("' .. name .. '", short: ' .. tostring(is_short(div.content)) .. ', [')
  line(float.caption)
  raw('], [')
  blocks:extend(div.content)
  raw(']) <' .. div.identifier .. '>')
  return blocks
end

-- The writer would put each table into a figure of its own, which would be counted.
local function bare_table(tbl)
  tbl.classes:insert('typst:no-figure')
  return tbl
end

-- 5. What is behind a toggle on the page is set small on paper -------------------------------------------------------

local function set_callout(div)
  local blocks = pandoc.Blocks({})
  local function raw(format, text) blocks:insert(pandoc.RawBlock(format, text)) end
  local title = div.attributes.title
  if FORMAT:match('typst') then
    local first = div.content[1]
    if first and first.t == 'Div' and first.identifier:match('^data%-') then return {} end -- on paper the chart says it
    if not (#div.content == 1 and div.content[1].t == 'BulletList') then return div.content end -- has a caption
    raw('typst', '#aside("' .. escape_typst(title) .. '", ')
    for _, item in ipairs(div.content[1].content) do
      raw('typst', '[')
      blocks:extend(item)
      raw('typst', '],')
    end
    raw('typst', ')')
    return blocks
  end
  raw('html', '<details class="aside"><summary>' .. escape_html(title) .. '</summary>')
  blocks:extend(div.content)
  raw('html', '</details>')
  return blocks
end

-- A chart that has no room on its page may go to another: what follows waits for it, all but the table of its data.
local function is_chart(block)
  local float = block.t == 'Div' and floats[block.identifier]
  return float and float.picture ~= nil
end

local function has_table(block)
  return block ~= nil and block.t == 'Div' and block.classes:includes('callout-note')
end

local function wait_for_charts(blocks)
  local made = pandoc.Blocks({})
  for n, block in ipairs(blocks) do
    made:insert(block)
    local chart = is_chart(block) and not has_table(blocks[n + 1]) and block
    if n > 1 and is_chart(blocks[n - 1]) and has_table(block) then chart = blocks[n - 1] end
    if chart then made:insert(pandoc.RawBlock('typst', '#after-chart("' .. chart.identifier .. '")')) end
  end
  return made
end

local function set_division(div)
  if div.classes:includes('callout-note') then return set_callout(div) end
  local float = div.classes:includes('float') and floats[div.identifier]
  if not float then return nil end
  if FORMAT:match('typst') then return typst_float(div, float) end
  return html_float(div, float)
end

function Pandoc(doc)
  for name, value in pairs(doc.meta.words) do words[name] = pandoc.utils.stringify(value) end
  check_metadata(doc.meta)
  doc = doc:walk({ Para = expand_embed, Plain = expand_embed, Header = expand_embed })
  doc:walk({ Block = check_block, Inline = check_inline })
  number_floats(doc)
  number_sections(doc)
  doc = doc:walk({ Cite = resolve_reference })
  check_targets(doc)
  if FORMAT:match('typst') then doc.blocks = wait_for_charts(doc.blocks) end
  return doc:walk({ Div = set_division, Table = FORMAT:match('typst') and bare_table or nil })
end
