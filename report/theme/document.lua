-- What both engines need done to the text itself: tables, signs and passages. Runs inside Quarto and inside the
-- embedded engine, as each report's `filters` say.

local is_rtl = false

local function read_direction(meta)
  is_rtl = meta.dir ~= nil and pandoc.utils.stringify(meta.dir) == 'rtl'
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

-- Sizes from the dashes of a pipe table mean nothing; `:---` is the start of the line in either direction and `---:`
-- its end, which is the left one in Arabic.
local function settle_columns(tbl)
  tbl.colspecs = tbl.colspecs:map(function(spec)
    local align = spec[1]
    if align == 'AlignLeft' then align = 'AlignDefault' end
    if align == 'AlignRight' and is_rtl then align = 'AlignLeft' end
    return { align, nil }
  end)
  return tbl
end

-- A sign before a number lands on the wrong side of it in a line that runs from right to left.
local function isolate_sign(str)
  if is_rtl and str.text:match('^[-+]%d') or is_rtl and str.text:match('^\u{2212}%d') then
    return pandoc.Str('\u{2066}' .. str.text .. '\u{2069}')
  end
end

-- Classes of divisions that the Typst theme has a function for.
local BLOCKS = pandoc.List({ 'statement', 'reading-key', 'findings' })

local function dress_division(div)
  if not FORMAT:match('typst') then return nil end
  if is_passage(div) then
    return pandoc.Plain({ pandoc.RawInline('typst', '#' .. typst_passage(div)) })
  end
  local name = div.classes:find_if(function(class) return BLOCKS:includes(class) end)
  if not name then return nil end
  local blocks = pandoc.Blocks({ pandoc.RawBlock('typst', '#' .. name .. '[') })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock('typst', ']' .. (div.identifier ~= '' and ' <' .. div.identifier .. '>' or '')))
  return blocks
end

local function dress_span(span)
  if FORMAT:match('typst') and is_passage(span) then
    return pandoc.RawInline('typst', '#' .. typst_passage(span))
  end
end

return {
  { Meta = read_direction },
  { Str = isolate_sign, Table = settle_columns },
  { Span = dress_span, Div = dress_division },
}
