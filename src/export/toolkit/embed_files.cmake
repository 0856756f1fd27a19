# Writes OUTPUT, a .cpp that holds the Python files of SOURCE_DIR. Bytes are written as numbers, because compilers
# limit the length of string literals and a raw literal would end at the first quote that looks like its own.
# The files must be ASCII: a larger byte does not fit a char, which the compiler reports.
set(content "#include \"export/toolkit/embedded_files.h\"\n\nnamespace rkt::embedded {\nnamespace {\n\n")
set(functions "")
foreach(entry "driver=driver.py" "requirements=requirements.txt" "torch_stand_in=torch_stand_in.py")
  string(REPLACE "=" ";" entry ${entry})
  list(GET entry 0 name)
  list(GET entry 1 file)
  file(READ ${SOURCE_DIR}/${file} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND content "constexpr char ${name}_bytes[] = {\n${bytes}};\n\n")
  string(APPEND functions
    "std::string_view ${name}() noexcept {\n  return {${name}_bytes, sizeof ${name}_bytes};\n}\n\n")
endforeach()
file(WRITE ${OUTPUT} "${content}}  // namespace\n\n${functions}}  // namespace rkt::embedded\n")
